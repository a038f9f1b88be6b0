//! `$1` becomes `?1` for SQLite, which numbers `$n` by first appearance and not by `n`.

/// The text with every `$n` outside quotes and comments written `?n`.
pub(crate) fn numbered(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut quote: Option<char> = None;
    let mut comment = false;
    let mut characters = sql.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            _ if comment => comment = character != '\n',
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '-') if characters.peek() == Some(&'-') => comment = true,
            (None, '$') if characters.peek().is_some_and(char::is_ascii_digit) => {
                text.push('?');
                continue;
            }
            _ => {}
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn placeholders_keep_their_numbers_in_whatever_order_they_stand() {
        assert_eq!(
            numbered("UPDATE t SET a = $2 WHERE id = $1 OR b=$12"),
            "UPDATE t SET a = ?2 WHERE id = ?1 OR b=?12"
        );
    }

    #[test]
    fn a_dollar_inside_quotes_or_a_comment_is_left_alone() {
        let sql = "SELECT '$1', \"$2\", 'it''s $3', $4 -- $5\n, $6";
        assert_eq!(numbered(sql), "SELECT '$1', \"$2\", 'it''s $3', ?4 -- $5\n, ?6");
    }
}
