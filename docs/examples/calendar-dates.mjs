// Prints the dates that ical.js finds in a calendar file, one a line: see docs/calendar-files.md.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [file, from, to] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const own = ICAL.TimezoneService.get("America/New_York");

const lines = new Set();
const keep = (item, at) => {
  const start = at.isDate ? at : at.convertToZone(own);
  const day = start.toString().slice(0, 10);
  if (day >= from && day <= to) lines.add(`${start.toString().replace("T", " ").slice(0, 16)} ${item.summary}`);
};

// Without the option ical.js gives the exceptions of one series to all others of the file.
const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each, { exceptions: [] }));
const exceptions = events.filter((each) => each.isRecurrenceException());
for (const event of events.filter((each) => !each.isRecurrenceException())) {
  for (const each of exceptions.filter((each) => each.uid === event.uid)) event.relateException(each);
  if (!event.isRecurring()) {
    keep(event, event.startDate);
    continue;
  }
  const dates = event.iterator();
  for (let next = dates.next(); next && next.toString().slice(0, 10) <= to; next = dates.next()) {
    const { item, startDate } = event.getOccurrenceDetails(next);
    keep(item, startDate);
  }
}
console.log([...lines].sort().join("\n"));
