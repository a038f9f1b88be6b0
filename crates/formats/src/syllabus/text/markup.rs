//! Mark-up that a conversion left in the text: HTML tags and entities, Markdown emphasis, headings, links and pipes.

/// Tags whose end or beginning parts paragraphs.
const BLOCK_TAGS: [&str; 20] = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "br",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "blockquote",
];
/// Tags within a paragraph.
const INLINE_TAGS: [&str; 14] = [
    "i", "b", "em", "strong", "u", "span", "a", "sup", "sub", "small", "font", "code", "mark", "s",
];

/// A paragraph of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its words with single spaces and without mark-up.
    pub(super) text: String,
    /// Whether it is an item of a list.
    pub(super) bullet: bool,
    /// First and last column in the line, counted from 1.
    pub(super) columns: (u32, u32),
}

enum Tag {
    Block { item: bool },
    Inline,
}

/// Which tag begins at this `<`, and how many characters it takes.
fn tag_at(rest: &[char]) -> Option<(Tag, usize)> {
    // Only a letter or a slash begins a tag; a text of nothing but "<" must not be looked through again and again.
    rest.get(1)
        .filter(|next| next.is_ascii_alphabetic() || **next == '/')?;
    let end = rest.iter().take(400).position(|character| *character == '>')?;
    let inside: String = rest.get(1..end)?.iter().collect();
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let opening = !inside.starts_with('/');
    if BLOCK_TAGS.contains(&name.as_str()) {
        let item = opening && matches!(name.as_str(), "li" | "ul" | "ol");
        return Some((Tag::Block { item }, end + 1));
    }
    INLINE_TAGS
        .contains(&name.as_str())
        .then_some((Tag::Inline, end + 1))
}

fn entity_at(rest: &[char]) -> Option<(char, usize)> {
    let end = rest.iter().take(10).position(|character| *character == ';')?;
    let name: String = rest.get(1..end)?.iter().collect();
    let character = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())?
        }
    };
    Some((character, end + 1))
}

/// Characters that stand before an item of a list.
pub(super) fn is_bullet(character: char) -> bool {
    matches!(
        character,
        '•' | '●' | '▪' | '◦' | '‣' | '·' | '■' | '□' | '\u{f0b7}' | '\u{f0a7}' | '➢' | '✓' | '○'
    )
}

/// The paragraphs of a cell; `first_column` is the column of its first character, counted from 1.
pub(super) fn paragraphs(cell: &str, first_column: u32) -> Vec<Paragraph> {
    let characters: Vec<char> = cell.chars().collect();
    let mut made = Vec::new();
    let mut now = Building::default();
    let mut at = 0;
    while let Some(character) = characters.get(at).copied() {
        let rest = characters.get(at..).unwrap_or_default();
        let column = first_column.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        if character == '<'
            && let Some((tag, length)) = tag_at(rest)
        {
            if let Tag::Block { item } = tag {
                now.finish(&mut made);
                now.bullet = item;
            }
            at += length;
            continue;
        }
        if character == '&'
            && let Some((meant, length)) = entity_at(rest)
        {
            now.push(meant, column);
            at += length;
            continue;
        }
        if is_bullet(character) && rest.get(1).is_none_or(|next| next.is_whitespace()) {
            now.finish(&mut made);
            now.bullet = true;
        } else {
            now.push(character, column);
        }
        at += 1;
    }
    now.finish(&mut made);
    made
}

#[derive(Default)]
struct Building {
    text: String,
    bullet: bool,
    from: u32,
    to: u32,
}

impl Building {
    fn push(&mut self, character: char, column: u32) {
        if character.is_whitespace() || character.is_control() || character == '\u{feff}' {
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            return;
        }
        // A soft hyphen and a zero width space are not words.
        if matches!(character, '\u{ad}' | '\u{200b}') {
            return;
        }
        if self.text.is_empty() {
            self.from = column;
        }
        self.to = column;
        self.text.push(character);
    }

    fn finish(&mut self, made: &mut Vec<Paragraph>) {
        let text = without_emphasis(self.text.trim());
        if !text.is_empty() {
            made.push(Paragraph {
                text,
                bullet: self.bullet,
                columns: (self.from, self.to),
            });
        }
        *self = Self::default();
    }
}

/// Takes paired `**` and `*` and the address of `[words](address)` away, and `#` before a heading.
fn without_emphasis(text: &str) -> String {
    let mut text = text.to_owned();
    if text.starts_with('#') {
        let bare = text.trim_start_matches('#');
        if bare.starts_with(' ') {
            text = bare.trim().to_owned();
        }
    }
    for mark in ["**", "__"] {
        if text.matches(mark).count() >= 2 {
            text = text.replace(mark, "");
        }
    }
    let stars = text.matches('*').count();
    if stars >= 2 && stars.is_multiple_of(2) && !text.contains(" * ") {
        text = text.replace('*', "");
    }
    while let Some(close) = text.find("](") {
        let Some(open) = text.get(..close).and_then(|before| before.rfind('[')) else {
            break;
        };
        let Some(end) = text.get(close..).and_then(|after| after.find(')')) else {
            break;
        };
        let words = text.get(open + 1..close).unwrap_or_default().to_owned();
        text.replace_range(open..close + end + 1, &words);
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cell: &str) -> Vec<String> {
        paragraphs(cell, 1).into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn paragraphs_and_items_are_parted_and_tags_within_a_sentence_are_not() {
        assert_eq!(
            texts("<p>One <i>fine</i> day</p> <ul style=\"x\"> • first • second"),
            ["One fine day", "first", "second"]
        );
    }

    #[test]
    fn a_sign_that_is_no_tag_stays() {
        assert_eq!(
            texts("plan> do> check < act &amp; so on"),
            ["plan> do> check < act & so on"]
        );
    }

    #[test]
    fn emphasis_and_links_leave_their_words() {
        assert_eq!(texts("**Unit 4** see [the page](#)"), ["Unit 4 see the page"]);
        assert_eq!(texts("## Unit 4"), ["Unit 4"]);
    }
}
