//! What a policy brought into a report, without a word by which its provider is known: ids, names, sources, servers, reasons.

use super::{LEFT_OUT, Mask};
use crate::model::{Finding, Note, PolicyDetail, Stop, Text};

impl Mask {
    /// The policies of a report. What of their text is public would tell whose they are.
    pub(super) fn policies(&self, details: &mut [PolicyDetail]) {
        for PolicyDetail { id, name, checked: _, source, sha256, is_old: _ } in details {
            self.mask(id);
            *name = Text::new(self.text(&name.ja), self.text(&name.en));
            self.option(source);
            self.mask(sha256);
        }
    }

    /// A finding's provider, and what is to be set by it.
    pub(super) fn provider(&self, finding: &mut Finding) {
        if self.is_of_people {
            // Of an exception the reason and the ticket may name somebody.
            let exceptions = finding.notes.iter_mut().filter_map(|note| match note {
                Note::Exception(text) => Some(text),
                _ => None,
            });
            exceptions.for_each(|text| *text = LEFT_OUT);
            return;
        }
        self.option(&mut finding.provider);
        self.option(&mut finding.receiving.provider);
        for id in finding.also.iter_mut().chain(&mut finding.receiving.also) {
            self.mask(id);
        }
        self.option(&mut finding.needs.server);
        for incoming in &mut finding.needs.incoming {
            self.option(&mut incoming.server);
        }
        for set in &mut finding.receiving.to_set {
            self.to_set(set);
        }
        let tells = |stop: &Option<Stop>| {
            stop.as_ref().is_some_and(|stop| stop.reversible.is_some() || stop.source.is_some())
        };
        let (sending, receiving) = (tells(&finding.stops), tells(&finding.receiving.stops));
        for note in &mut finding.notes {
            match note {
                Note::StopsWorking(text) if sending => *text = LEFT_OUT,
                Note::ReceivingStops(text) if receiving => *text = LEFT_OUT,
                // A reason or a ticket; a program's name, which may be somebody's own.
                Note::Exception(text) | Note::ClientCannot(text) => *text = LEFT_OUT,
                _ => {}
            }
        }
        finding.receiving.notes.clear();
    }
}
