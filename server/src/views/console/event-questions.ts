import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import {
  addButton,
  at,
  dropButton,
  type EventForm,
  eventForm,
  places,
} from "#views/console/event-form.ts"
import { card, drill, emptyState } from "#views/console/kit/card.ts"
import { check, field, hidden, select } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { html, type Html, none } from "#views/html.ts"

export type QuestionsPage = {
  readonly head: EventHead
  readonly form: EventForm
  /** Labels of the questions that are asked for every event. */
  readonly forAll: readonly string[]
}

/** What is asked of who buys this event, in the order and the sections that they see. */
export function questionsPage({ head, form, forAll }: QuestionsPage): Html {
  const rows = places(form, "questions")
  return eventFrame(
    head,
    "questions",
    eventForm(
      form,
      card({
        title: "Questions",
        actions: form.canEdit && addButton("questions", "Add a question"),
        body:
          rows.length === 0
            ? emptyState({
                title: "Nothing is asked",
                text: "Name, e-mail and phone are asked anyway. Add a question when you need to know more: access needs, how somebody heard of the show.",
              })
            : html`${rows.map((i) => questionView(form, `questions[${i}]`))}`,
        ...(forAll.length > 0 && {
          foot: html`Asked for every event: ${forAll.join(", ")}`,
        }),
      }),
    ),
  )
}

function questionView(form: EventForm, row: string): Html {
  const label = form.values.text(`${row}.label`) ?? ""
  const kind = form.values.text(`${row}.kind`) ?? "text"
  const { error } = at(form, `${row}.choices`)
  return html`<section
    class="pad stack rule-above"
    aria-label="${label === "" ? "New question" : label}"
  >
    ${hidden(`${row}.slug`, form.values.text(`${row}.slug`) ?? "")}
    <div class="form">
      ${field({ ...at(form, `${row}.label`), label: "Question", maxlength: 200, autofocus: form.fresh === row })}
      ${select({
        ...at(form, `${row}.kind`),
        value: kind,
        label: "Answered with",
        options: [
          { value: "text", label: "A line" },
          { value: "long-text", label: "Several lines" },
          { value: "choice", label: "One of some answers" },
          { value: "checkbox", label: "A tick" },
        ],
      })}
    </div>
    ${check({ name: `${row}.required`, label: "Must be answered", checked: form.values.text(`${row}.required`) === "true" || form.values.text(`${row}.required`) === "yes", off: "no" })}
    ${
      kind === "choice" &&
      html`<div class="stack tight">
        <h3>Answers</h3>
        ${error !== undefined && html`<p class="hint wrong" id="f-${row}.choices" tabindex="-1">${icon("alert")}<span>${error}</span></p>`}
        ${places(form, `${row}.choices`).map((j) => answerView(form, `${row}.choices[${j}]`))}
        ${form.canEdit && html`<div class="row">${addButton(`${row}.choices`, "Add an answer")}</div>`}
      </div>`
    }
    ${drill({
      bare: true,
      title: "Section and help",
      open: (form.values.text(`${row}.section`) ?? "") !== "",
      body: html`<div class="form">
        ${field({ ...at(form, `${row}.section`), label: "Section", maxlength: 200, hint: "Questions with the same section stand together under it." })}
        ${field({ ...at(form, `${row}.sectionNote`), label: "Line under the section", maxlength: 500 })}
        ${field({ ...at(form, `${row}.help`), label: "Line under the question", maxlength: 500, wide: true })}
      </div>`,
    })}
    ${form.canEdit ? html`<div class="row"><span class="push">${dropButton(row, label === "" ? "this question" : label)}</span></div>` : none}
  </section>`
}

function answerView(form: EventForm, choice: string): Html {
  return html`<div class="pair">
    ${hidden(`${choice}.slug`, form.values.text(`${choice}.slug`) ?? "")}
    ${hidden(`${choice}.description`, form.values.text(`${choice}.description`) ?? "")}
    ${field({ ...at(form, `${choice}.title`), label: "Answer", bare: true, maxlength: 200, autofocus: form.fresh === choice })}
    ${form.canEdit && dropButton(choice, form.values.text(`${choice}.title`) ?? "this answer")}
  </div>`
}

/** Where the settings of the whole account are. */
export function settingsPath({ visit }: EventHead, name: string): string {
  return `/console/${visit.account.slug}/settings/${name}`
}
