//! Binary property lists → tree.

use std::io::Cursor;

use plist::stream::{BinaryReader, Event, OwnedEvent};

use super::{Budget, MAX_DEPTH, PlistError, Tree, entry};

/// A collection that is still being filled.
enum Open {
    List(Vec<Tree>),
    /// The entries so far and the key that waits for its value.
    Dict(Vec<(String, Tree)>, Option<String>),
}

/// Reads a binary property list. The events are taken one by one, because `plist::Value` follows every reference: a
/// list of lists of the same list would fill the memory, and dropping a deep value overflows the stack.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Tree, PlistError> {
    let mut open: Vec<Open> = Vec::new();
    for event in BinaryReader::new(Cursor::new(bytes)) {
        let event = event.map_err(|_| PlistError::Malformed)?;
        budget.spend(length(&event))?;
        let value = match event {
            Event::StartArray(_) => {
                push(&mut open, Open::List(Vec::new()))?;
                continue;
            }
            Event::StartDictionary(_) => {
                push(&mut open, Open::Dict(Vec::new(), None))?;
                continue;
            }
            Event::EndCollection => match open.pop() {
                Some(Open::List(items)) => Tree::List(items),
                Some(Open::Dict(entries, None)) => Tree::Dict(entries),
                _ => return Err(PlistError::Malformed),
            },
            other => scalar(other)?,
        };
        match open.last_mut() {
            None => return Ok(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Dict(entries, waiting)) => match (waiting.take(), value) {
                (Some(key), value) => entries.push(entry(key, value)),
                (None, Tree::Text(key)) => *waiting = Some(key),
                (None, _) => return Err(PlistError::Malformed),
            },
        }
    }
    Err(PlistError::Malformed)
}

fn push(open: &mut Vec<Open>, collection: Open) -> Result<(), PlistError> {
    if open.len() >= MAX_DEPTH {
        return Err(PlistError::TooDeep);
    }
    open.push(collection);
    Ok(())
}

fn length(event: &OwnedEvent) -> usize {
    match event {
        Event::String(text) => text.len(),
        Event::Data(data) => data.len(),
        _ => 0,
    }
}

fn scalar(event: OwnedEvent) -> Result<Tree, PlistError> {
    Ok(match event {
        Event::Boolean(value) => Tree::Bool(value),
        Event::Data(data) => Tree::Data(data.len()),
        Event::Date(date) => Tree::Date(date.to_xml_format()),
        Event::Integer(number) => match (number.as_signed(), number.as_unsigned()) {
            (Some(number), _) => Tree::Integer(number),
            #[expect(clippy::cast_precision_loss, reason = "no setting has a number that large")]
            (None, Some(number)) => Tree::Real(number as f64),
            (None, None) => return Err(PlistError::Malformed),
        },
        Event::Real(number) => Tree::Real(number),
        Event::String(text) => Tree::Text(text.into_owned()),
        Event::Uid(uid) => Tree::Uid(uid.get()),
        _ => return Err(PlistError::Malformed),
    })
}
