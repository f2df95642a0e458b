//! What can be said of the staff anew. Nobody is ever taken out, and no post is: it ends.

use super::{
    Post, PostFault, Roster, RosterError, StaffMember, StaffSource, Substitution, checked,
};
use crate::journal::ClassName;
use crate::register::StaffId;
use crate::staff::Role;
use crate::staff::text::is_written;
use chrono::NaiveDate;
use rand_core::Rng;

impl Roster {
    /// A new person under a random id; the name is kept with single spaces. Namesakes are possible:
    /// whoever wants a person that may be there already asks [`Roster::lookup`] first.
    ///
    /// # Errors
    /// [`RosterError::Name`].
    pub fn add(&mut self, name: &str, rng: &mut impl Rng) -> Result<StaffId, RosterError> {
        let name = checked(name)?;
        let id = StaffId::random(rng);
        self.persons.push(StaffMember { id, name, posts: Vec::new(), sources: Vec::new() });
        Ok(id)
    }

    fn member(&mut self, who: StaffId) -> Result<&mut StaffMember, RosterError> {
        let found = self.persons.iter_mut().find(|person| person.id == who);
        found.ok_or(RosterError::NoPerson(who))
    }

    /// The person has another name from here on (a marriage, a mistake).
    ///
    /// # Errors
    /// When there is no such person, or the name is none.
    pub fn rename(&mut self, who: StaffId, name: &str) -> Result<(), RosterError> {
        self.member(who)?.name = checked(name)?;
        Ok(())
    }

    /// The person holds this post, too.
    ///
    /// # Errors
    /// When there is no such person, it is no post, or the person holds the same on one of these days.
    pub fn add_post(&mut self, who: StaffId, post: Post) -> Result<(), RosterError> {
        post.check()?;
        let person = self.member(who)?;
        let same = |held: &&Post| {
            held.is_of(post.role, post.class.as_ref()) && held.term().meets(post.term())
        };
        if let Some(held) = person.posts.iter().find(same) {
            return Err(RosterError::PostTwice {
                name: person.name.clone(),
                role: held.role,
                class: held.class.clone(),
                from: held.from,
                until: held.until,
            });
        }
        person.posts.push(post);
        Ok(())
    }

    /// The post ends; this is its last day. Ended again, it gets another last day.
    ///
    /// # Errors
    /// When there is no such person, or no such post that has begun by then and would end there.
    pub fn end_post(
        &mut self,
        who: StaffId,
        role: Role,
        class: Option<&ClassName>,
        until: NaiveDate,
    ) -> Result<(), RosterError> {
        if !is_written(until) {
            return Err(PostFault::Day(until).into());
        }
        let person = self.member(who)?;
        let name = person.name.clone();
        let begun = |post: &&mut Post| post.is_of(role, class) && post.from <= until;
        let Some(post) = person.posts.iter_mut().filter(begun).max_by_key(|post| post.from) else {
            return Err(RosterError::NoPost { name, role, class: class.cloned(), day: until });
        };
        post.until = Some(until);
        Ok(())
    }

    /// The person has this id in a source system. Saying so again changes nothing.
    ///
    /// # Errors
    /// When there is no such person, or the id is another person's.
    pub fn link(&mut self, who: StaffId, source: StaffSource) -> Result<(), RosterError> {
        if let Some(owner) = self.by_source(&source) {
            if owner.id == who {
                return Ok(());
            }
            let (name, staff) = (owner.name.clone(), owner.id);
            return Err(RosterError::SourceTaken { source_id: source, name, staff });
        }
        self.member(who)?.sources.push(source);
        Ok(())
    }

    /// One person signs for another. The same substitution with another last day takes that day.
    ///
    /// # Errors
    /// When one of them is not in the roster, both are one, the term is none, or somebody else stands in on one of
    /// these days.
    pub fn add_substitution(&mut self, said: Substitution) -> Result<(), RosterError> {
        for who in [said.absent, said.substitute] {
            self.member(who)?;
        }
        if said.absent == said.substitute {
            return Err(RosterError::ForThemselves(said.absent));
        }
        if let Some(until) = said.until.filter(|_| said.term().is_none()) {
            return Err(RosterError::Term { from: said.from, until });
        }
        let days = [Some(said.from), said.until];
        if let Some(day) = days.into_iter().flatten().find(|day| !is_written(*day)) {
            return Err(PostFault::Day(day).into());
        }
        let same = self.substitutions.iter().position(|known| known.is_the_same(&said));
        let others = self.substitutions.iter().enumerate().filter(|(at, _)| Some(*at) != same);
        for (_, known) in others {
            if known.absent == said.absent && known.term().meets(said.term()) {
                return Err(RosterError::SubstitutedTwice {
                    absent: known.absent,
                    substitute: known.substitute,
                    from: known.from,
                    until: known.until,
                });
            }
        }
        match same {
            Some(at) => self.substitutions[at] = said,
            None => self.substitutions.push(said),
        }
        Ok(())
    }
}
