//! From steps and days to dates.

use super::{Adjusted, Plan, PlanError, PlannedGroup, PlannedStep, StatedRule};
use crate::closing::calendar::{
    DayCount, Days, GradeGroup, NoProductionYear, Overflow, PeriodDays, Production, SchoolCalendar,
};
use crate::closing::procedure::{Anchor, Procedure, Proof, Step, When};
use crate::journal::PeriodId;
use chrono::{Datelike, NaiveDate};

pub(super) fn plan(
    procedure: &Procedure,
    calendar: &SchoolCalendar,
    production: &Production,
    period: PeriodId,
) -> Result<Plan, PlanError> {
    let work = calendar.work_days(production);
    let days = Days::new(calendar.day_count, &work);
    let closing = calendar.closes_with(period);
    let from = closing.iter().map(|(_, at)| at.holidays.from).min();
    let to = closing.iter().map(|(_, at)| at.holidays.to).max();
    let (Some(from), Some(to)) = (from, to) else { return Err(PlanError::NoPeriod(period)) };
    let group = |(group, at): (&GradeGroup, &PeriodDays)| {
        let overflow = at.holidays.overflow.unwrap_or(calendar.overflow);
        Group { procedure, days, overflow, group, at, back: None }.plan()
    };
    let groups: Vec<PlannedGroup> = closing.into_iter().map(group).collect::<Result<_, _>>()?;
    let uncertain = match calendar.day_count {
        DayCount::Calendar => Vec::new(),
        DayCount::Working => uncertain(&groups, production),
    };
    Ok(Plan { procedure: procedure.id.clone(), holidays: (from, to), groups, uncertain })
}

/// Years between the first and the last day of the plan that are not certain.
fn uncertain(groups: &[PlannedGroup], production: &Production) -> Vec<i32> {
    let steps = groups.iter().flat_map(|group| &group.steps);
    let days = steps.flat_map(|step| [step.from, step.to]);
    let days = days.chain(groups.iter().map(|group| group.holidays.0));
    let (first, last) = (days.clone().min(), days.max());
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let certain = |year: &i32| production.year(*year).is_none_or(|year| year.certain);
    (first.year()..=last.year()).filter(|year| !certain(year)).collect()
}

/// One group's steps being resolved.
struct Group<'a> {
    procedure: &'a Procedure,
    days: Days<'a>,
    overflow: Overflow,
    group: &'a GradeGroup,
    at: &'a PeriodDays,
    /// The highest day counted in the holidays, where all are counted back from their end.
    back: Option<u32>,
}

impl Group<'_> {
    fn plan(mut self) -> Result<PlannedGroup, PlanError> {
        self.check()?;
        self.back = self.counted_back()?;
        let mut steps: Vec<PlannedStep> = Vec::new();
        for step in &self.procedure.steps {
            let planned = self.step(step, &steps)?;
            steps.push(planned);
        }
        Ok(PlannedGroup {
            classes: self.group.name.clone(),
            period: self.at.period,
            last_lesson_day: self.at.last,
            holidays: (self.at.holidays.from, self.at.holidays.to),
            steps,
        })
    }

    fn check(&self) -> Result<(), PlanError> {
        let (procedure, period) = (self.procedure.id.clone(), self.at.period);
        if !self.procedure.periods.contains(&period.kind) {
            return Err(PlanError::Kind { procedure, period });
        }
        let unknown = self.at.holidays.dates.keys().find(|id| self.procedure.step(id).is_none());
        match unknown.cloned() {
            Some(step) => Err(PlanError::UnknownStep { period, step, procedure }),
            None => Ok(()),
        }
    }

    /// The highest day, when the holidays do not have so many and steps then move forward.
    fn counted_back(&self) -> Result<Option<u32>, NoProductionYear> {
        let counted = self.procedure.steps.iter().filter_map(|step| match step.when {
            When::Day { anchor: Anchor::HolidayStart, day }
                if !self.at.holidays.dates.contains_key(&step.id) =>
            {
                Some(day)
            }
            _ => None,
        });
        let Some(highest) = counted.max().filter(|_| self.overflow == Overflow::Before) else {
            return Ok(None);
        };
        let last = self.days.nth_from(self.at.holidays.from, highest)?;
        Ok(Some(highest).filter(|_| last > self.at.holidays.to))
    }

    fn step(&self, step: &Step, before: &[PlannedStep]) -> Result<PlannedStep, PlanError> {
        let previous = before.last();
        let (from, to, adjusted) = match self.at.holidays.dates.get(&step.id) {
            Some(stated) => {
                self.check_stated(step, *stated, previous)?;
                (*stated, *stated, vec![Adjusted::Stated])
            }
            None => {
                let (wanted, why) = self.wanted(step, before)?;
                self.moved(step, wanted, why.into_iter().collect(), previous)?
            }
        };
        let day = match (&step.when, previous) {
            (When::Day { anchor: Anchor::HolidayStart, day }, _) => *day,
            (_, Some(previous)) => previous.day + u32::from(previous.to != to),
            (_, None) => 1,
        };
        let (id, title) = (step.id.clone(), step.title.clone());
        Ok(PlannedStep { step: id, day, from, to, title, role: step.role, adjusted })
    }

    /// The day the procedure asks for, before rules move it.
    fn wanted(
        &self,
        step: &Step,
        before: &[PlannedStep],
    ) -> Result<(NaiveDate, Option<Adjusted>), PlanError> {
        let (anchor, day) = match &step.when {
            When::Day { anchor, day } => (anchor, *day),
            When::By { month, day } => return Ok(self.deadline(*month, *day)?),
        };
        let wanted = match anchor {
            Anchor::HolidayStart => return self.in_holidays(step, day),
            Anchor::HolidayEnd => self.days.nth_from(next(self.at.holidays.to), day)?,
            Anchor::LastLessonDay => self.days.nth_from(self.at.last, day)?,
            Anchor::Step(after) => {
                // Reading refused procedures in which it does not stand before.
                let after = before.iter().find(|planned| planned.step == *after);
                let after = after.map_or(self.at.last, |planned| planned.to);
                if day == 0 { after } else { self.days.nth_from(next(after), day)? }
            }
        };
        Ok((wanted, None))
    }

    fn in_holidays(
        &self,
        step: &Step,
        day: u32,
    ) -> Result<(NaiveDate, Option<Adjusted>), PlanError> {
        let holidays = &self.at.holidays;
        if let Some(highest) = self.back {
            let wanted = self.days.nth_back(holidays.to, highest - day + 1)?;
            let early = (wanted < holidays.from).then_some(Adjusted::BeforeHolidays);
            return Ok((wanted, early));
        }
        let wanted = self.days.nth_from(holidays.from, day)?;
        if wanted <= holidays.to {
            return Ok((wanted, None));
        }
        if self.overflow == Overflow::Refuse {
            let (classes, period) = (self.group.name.clone(), self.at.period);
            return Err(PlanError::TooFewDays { classes, period, step: step.id.clone(), day });
        }
        Ok((wanted, Some(Adjusted::AfterHolidays)))
    }

    /// The last counted day not later than a day of the school year.
    fn deadline(
        &self,
        month: u32,
        day: u32,
    ) -> Result<(NaiveDate, Option<Adjusted>), NoProductionYear> {
        let year = self.at.period.year;
        let year = if month >= 9 { year.first() } else { year.last() };
        // Reading refused days that not every year has.
        let stated = NaiveDate::from_ymd_opt(year, month, day).unwrap_or(self.at.holidays.to);
        let wanted = self.days.nth_back(stated, 1)?;
        Ok((wanted, (wanted != stated).then_some(Adjusted::BeforeDeadline)))
    }

    /// From the wanted day to the first that breaks no rule.
    fn moved(
        &self,
        step: &Step,
        wanted: NaiveDate,
        mut why: Vec<Adjusted>,
        previous: Option<&PlannedStep>,
    ) -> Result<(NaiveDate, NaiveDate, Vec<Adjusted>), NoProductionYear> {
        let mut to = wanted;
        let after_lessons = self.days.nth_from(self.at.last, 1)?;
        if step.proof == Proof::Sealed && to < after_lessons {
            why.push(Adjusted::NotBeforeLastLesson(to));
            to = after_lessons;
        }
        if let Some(previous) = previous.filter(|previous| to < previous.to) {
            why.push(Adjusted::NotBeforePrevious(wanted));
            to = previous.to;
        }
        let from = match step.when {
            When::Day { .. } => to,
            When::By { .. } => {
                let begin = previous.map_or(after_lessons, |p| p.to.max(after_lessons));
                begin.min(to)
            }
        };
        Ok((from, to, why))
    }

    fn check_stated(
        &self,
        step: &Step,
        stated: NaiveDate,
        previous: Option<&PlannedStep>,
    ) -> Result<(), PlanError> {
        let rule = if !self.days.counts(stated)? {
            StatedRule::NotWorking
        } else if step.proof == Proof::Sealed && stated < self.at.last {
            StatedRule::BeforeLastLesson
        } else if previous.is_some_and(|previous| stated < previous.to) {
            StatedRule::BeforePrevious
        } else {
            return Ok(());
        };
        let (classes, period) = (self.group.name.clone(), self.at.period);
        Err(PlanError::Stated { classes, period, step: step.id.clone(), stated, rule })
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}
