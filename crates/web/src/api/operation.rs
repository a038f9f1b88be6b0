//! An operation of the API: its route and its documentation, declared together.

use super::Problem;
use crate::AppState;
use crate::routes::{Answer, Route};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Content, HeaderBuilder, Ref, RefOr, Required, ResponseBuilder, SecurityRequirement};
use utoipa::{IntoParams, ToSchema};

/// One operation.
pub struct Operation {
    pub route: Route,
    pub id: &'static str,
    pub(crate) summary: &'static str,
    pub tag: &'static str,
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
    doc: OperationBuilder,
    open: bool,
    takes_body: bool,
    /// Kinds of problem beyond those that every operation of its kind can give.
    also: Vec<(&'static str, &'static str)>,
    /// What is told as JSON of its own beside the problem, by status.
    told: Vec<(StatusCode, RefOr<Schema>)>,
}

impl Operation {
    /// A question.
    pub fn get<H, T>(path: &'static str, id: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Self::of(Route::with(Method::GET, path, "signed in", handler), id, summary)
    }

    /// An act.
    pub fn post<H, T>(path: &'static str, id: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Self::of(Route::with(Method::POST, path, "signed in", handler), id, summary)
    }

    /// An act that sets a thing as a whole.
    pub fn put<H, T>(path: &'static str, id: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Self::of(Route::with(Method::PUT, path, "signed in", handler), id, summary)
    }

    /// An act that takes a thing away.
    pub fn delete<H, T>(path: &'static str, id: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Self::of(
            Route::with(Method::DELETE, path, "signed in", handler),
            id,
            summary,
        )
    }

    fn of(route: Route, id: &'static str, summary: &'static str) -> Self {
        let mut doc = OperationBuilder::new()
            .operation_id(Some(id))
            .summary(Some(summary));
        for name in route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        {
            let parameter = ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
            doc = doc.parameter(parameter);
        }
        Operation {
            route,
            id,
            summary,
            tag: "General",
            schemas: Vec::new(),
            doc,
            open: false,
            takes_body: false,
            also: Vec::new(),
            told: Vec::new(),
        }
    }

    /// The chapter of the documentation.
    pub fn tag(mut self, tag: &'static str) -> Self {
        self.tag = tag;
        self
    }

    /// More about it, in a sentence or two.
    pub fn about(mut self, text: &'static str) -> Self {
        self.doc = self.doc.description(Some(text));
        self
    }

    /// Who is answered, in words.
    pub fn access(mut self, access: &'static str) -> Self {
        self.route.access = access;
        self
    }

    /// Anybody is answered, without a token.
    pub fn open(mut self) -> Self {
        self.open = true;
        self.route.access = "anybody";
        self
    }

    /// Words after the question mark.
    pub fn query<P: IntoParams>(mut self) -> Self {
        for parameter in P::into_params(|| Some(ParameterIn::Query)) {
            self.doc = self.doc.parameter(parameter);
        }
        self
    }

    /// A JSON body.
    pub fn takes<B: ToSchema>(mut self) -> Self {
        let schema = self.refer::<B>();
        self.taking(schema)
    }

    fn taking(mut self, schema: RefOr<Schema>) -> Self {
        let content = Content::new(Some(schema));
        let body = RequestBodyBuilder::new()
            .content("application/json", content)
            .required(Some(Required::True))
            .build();
        self.doc = self.doc.request_body(Some(body));
        self.takes_body = true;
        self
    }

    /// A file as the body, of any of these media types. It is read as a stream and may be as large as the settings allow.
    pub fn takes_file(mut self, media: &[&str]) -> Self {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True));
        for media in media {
            body = body.content(
                *media,
                Content::new(Some(ObjectBuilder::new().schema_type(Type::String))),
            );
        }
        self.doc = self.doc.request_body(Some(body.build()));
        self.takes_body = true;
        self.route = self.route.streamed();
        self
    }

    /// A JSON answer.
    pub fn answers<A: ToSchema>(mut self, status: StatusCode, what: &'static str) -> Self {
        let schema = self.refer::<A>();
        self.answering(status, Content::new(Some(schema)), what)
    }

    /// A JSON answer that is a list.
    pub fn answers_list<A: ToSchema>(mut self, what: &'static str) -> Self {
        let schema = ArrayBuilder::new().items(self.refer::<A>());
        self.answering(StatusCode::OK, Content::new(Some(schema)), what)
    }

    fn answering(mut self, status: StatusCode, content: Content, what: &'static str) -> Self {
        self.doc = self.doc.response(
            status.as_str(),
            ResponseBuilder::new()
                .description(what)
                .content("application/json", content),
        );
        self
    }

    /// An answer without a body (204).
    pub fn answers_nothing(mut self, what: &'static str) -> Self {
        self.doc = self.doc.response("204", ResponseBuilder::new().description(what));
        self
    }

    /// A file as the answer.
    pub fn answers_file(self, media: &str, what: &'static str) -> Self {
        self.answers_file_of(&[media], what)
    }

    /// A file as the answer, of one of these media types.
    pub fn answers_file_of(mut self, media: &[&str], what: &'static str) -> Self {
        self.doc = self.doc.response("200", file(media, what));
        self
    }

    /// A file of one of these media types, which answers questions for a part of it and for what is known already.
    pub fn answers_file_with_ranges(mut self, media: &[&str], what: &'static str) -> Self {
        for name in ["Range", "If-None-Match", "If-Range"] {
            let parameter = ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
            self.doc = self.doc.parameter(parameter);
        }
        self.doc = self
            .doc
            .response("200", file(media, what))
            .response("206", file(media, "The part that was asked for."))
            .response(
                "304",
                ResponseBuilder::new().description("It is what the caller holds."),
            )
            .response(
                "416",
                ResponseBuilder::new().description("The part lies outside the file."),
            );
        self
    }

    /// A question that the rules can refuse (422); acts always can.
    pub fn may_refuse(mut self) -> Self {
        self.also.push(("422", "The rules say no."));
        self
    }

    /// A question that cannot be answered as things stand (409), and why.
    pub fn may_conflict(mut self, why: &'static str) -> Self {
        self.also.push(("409", why));
        self
    }

    /// An address may ask so often only; then the answer is 429 with `Retry-After`.
    pub fn limited(mut self) -> Self {
        self.also.push((
            "429",
            "Too many questions from this address. Retry-After says after how many seconds there is an answer again.",
        ));
        self
    }

    /// What is told as JSON beside the problem that `status` stands for.
    pub fn tells<A: ToSchema>(mut self, status: StatusCode) -> Self {
        let schema = self.refer::<A>();
        self.told.push((status, schema));
        self
    }

    fn refer<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let name = T::name().into_owned();
        T::schemas(&mut self.schemas);
        self.schemas.push((name.clone(), T::schema()));
        RefOr::Ref(Ref::from_schema_name(name))
    }

    /// The finished documentation, with the answers that every operation of its kind can give.
    pub fn document(
        self,
    ) -> (
        String,
        HttpMethod,
        utoipa::openapi::path::Operation,
        Vec<(String, RefOr<Schema>)>,
    ) {
        let writes = self.route.method != Method::GET;
        let mut doc = self.doc.tag(self.tag);
        // An open operation has no caller whose keys could be told from another's.
        if writes && !self.open {
            let key = ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(
                    "A name for this write, chosen by the caller. Sending the same request under the same name again \
                     gives the same answer and does nothing more.",
                ))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(128))));
            doc = doc.parameter(key);
        }
        let mut problems: Vec<(&str, &str)> = Vec::new();
        if !self.open {
            problems.push(("401", "The token is missing, unknown, revoked or past its end."));
        }
        if self.route.path.contains('{') || !self.open {
            problems.push(("404", "There is no such thing, or the caller may not see it."));
        }
        problems.push((
            "400",
            "The request cannot be read; each complaint names its field.",
        ));
        if writes {
            problems.push((
                "409",
                "Somebody acted in between, or the same Idempotency-Key is being carried out.",
            ));
            problems.push((
                "422",
                "The rules say no, or the Idempotency-Key was used for another request.",
            ));
            if !self.open {
                problems.push(("403", "The token has only the scope read."));
            }
            problems.push(("413", "The body is larger than can be taken."));
        }
        if self.takes_body {
            problems.push(("415", "Another media type is expected."));
        }
        problems.extend(self.also);
        problems.push(("500", "Something broke; the incident number is found in the log."));
        problems.push(("503", "It took too long, or the program is stopping."));
        for (status, what) in problems {
            let content = Content::new(Some(Ref::from_schema_name("Problem")));
            let mut response = ResponseBuilder::new()
                .description(what)
                .content("application/problem+json", content);
            for (_, schema) in self.told.iter().filter(|(told, _)| told.as_str() == status) {
                response = response.content("application/json", Content::new(Some(schema.clone())));
            }
            if status == "429" {
                let seconds = ObjectBuilder::new().schema_type(Type::Integer);
                response = response.header("Retry-After", HeaderBuilder::new().schema(Some(seconds)).build());
            }
            doc = doc.response(status, response);
        }
        if !self.open {
            doc = doc.security(SecurityRequirement::new::<_, [&str; 0], &str>("token", []));
        }
        let method = match self.route.method {
            Method::POST => HttpMethod::Post,
            Method::PUT => HttpMethod::Put,
            Method::DELETE => HttpMethod::Delete,
            _ => HttpMethod::Get,
        };
        let mut schemas = self.schemas;
        Problem::schemas(&mut schemas);
        schemas.push((
            Problem::name().into_owned(),
            <Problem as utoipa::PartialSchema>::schema(),
        ));
        (self.route.path.to_owned(), method, doc.build(), schemas)
    }
}

fn file(media: &[&str], what: &'static str) -> ResponseBuilder {
    // A file of JSON is read by the caller as what it holds, every other as its bytes.
    let content = |media: &str| {
        let held = if media.contains("json") {
            Type::Object
        } else {
            Type::String
        };
        Content::new(Some(ObjectBuilder::new().schema_type(held)))
    };
    media
        .iter()
        .fold(ResponseBuilder::new().description(what), |response, media| {
            response.content(*media, content(media))
        })
}
