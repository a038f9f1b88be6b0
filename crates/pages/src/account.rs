//! Signing in, choosing a password, one's own account.

use crate::message::Refusals;
use crate::{Choice, Form, Shell};
use askama::Template;
use assay_app::account::session::SessionLine;
use assay_app::account::token::TokenLine;

/// Somebody to try a demonstration as.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    pub person: String,
    pub name: String,
    /// Roles in words, e.g. `Assessor and tutor`.
    pub roles: String,
    /// How many things wait for them.
    pub waiting: u64,
}

/// Signing in.
#[derive(Debug, Template)]
#[template(path = "account/sign_in.html")]
pub struct SignInPage {
    pub shell: Shell,
    pub form: Form,
    /// Where to go afterwards; a path of this site.
    pub back: String,
    /// People to try, in a demonstration only.
    pub trials: Vec<Trial>,
}

/// Asking for a new password.
#[derive(Debug, Template)]
#[template(path = "account/forgot.html")]
pub struct ForgotPage {
    pub shell: Shell,
    pub form: Form,
    /// True once the form was sent; the same whether the address is known or not.
    pub sent: bool,
}

/// Choosing a password by a one-time link.
#[derive(Debug, Template)]
#[template(path = "account/choose_password.html")]
pub struct ChoosePasswordPage {
    pub shell: Shell,
    pub form: Form,
    pub name: String,
    pub email: String,
    /// True for a first password.
    pub invitation: bool,
    /// Characters that a password has at least.
    pub shortest: usize,
}

/// One's own account: password, sessions, API tokens.
#[derive(Debug, Template)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub password_form: Form,
    pub token_form: Form,
    pub sessions: Vec<SessionLine>,
    /// Digest of the session that looks.
    pub this_session: String,
    pub tokens: Vec<TokenLine>,
    /// A token just made; shown this once.
    pub new_token: Option<String>,
    /// Characters that a password has at least.
    pub shortest: usize,
}

/// What a new password must have, beside its field.
fn password_hint(shortest: usize) -> String {
    format!("At least {shortest} characters; several words are easiest to keep.")
}

impl ChoosePasswordPage {
    fn hint(&self) -> String {
        password_hint(self.shortest)
    }
}

impl AccountPage {
    fn hint(&self) -> String {
        password_hint(self.shortest)
    }

    fn scopes(&self) -> Vec<Choice> {
        vec![
            Choice::new("read", "Ask only").hint("Reads what you may see."),
            Choice::new("write", "Ask and act").hint("Does what you may do, in your name."),
        ]
    }

    fn is_this(&self, session: &SessionLine) -> bool {
        session.token_hash == self.this_session
    }

    fn scope_words(&self, token: &TokenLine) -> &'static str {
        if token.scopes.contains("write") {
            "asks and acts"
        } else {
            "asks only"
        }
    }
}
