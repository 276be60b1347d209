// Fictional papers as they come over the counter, and how records staff log them.
import { readCity } from "./city.mjs";

const DAY_MS = 24 * 3600 * 1000;

/** The day on the city's calendar, `days` from now, as a date field takes it. */
export function day(days) {
  const at = new Date(Date.now() + days * DAY_MS);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/Denver" }).format(at);
}

/** A federal search warrant of its own: no two walks log the same docket number. */
export function searchWarrant() {
  const year = day(-1).slice(2, 4);
  const number = String(Date.now() % 90_000 + 10_000);
  const agency = "Bureau of Fictional Investigation";
  return {
    docket: `2:${year}-mj-${number}`,
    court: {
      court: "United States District Court for the District of New Mexico",
      docket: `2:${year}-mj-${number}`,
      judge: "Hon. Fictional Person",
      judge_title: "United States Magistrate Judge",
      issued_on: day(-1),
      issued_time: "10:00",
      execute_on: day(9),
      execute_time: "22:00",
      officer_name: "F. Officer",
      officer_agency: agency,
      officer_badge: "0000",
      officer_phone: "575 555 0100",
      served_on: day(-1),
      served_time: "11:30",
      directed_to: "City of Las Cruces, Utilities",
    },
    scope: {
      stores: "utility-billing",
      resident_store: "utility-billing",
      resident: `ACCT-00${number}`,
      identity_match: "Name and account number on the warrant (fictional)",
      classes: "home_address",
      requester_kinds: "federal_other",
      requester_agency: agency,
      purposes: "criminal_investigation",
    },
  };
}

/** A scanned paper of one page, as a file to be uploaded. */
export function scan(title) {
  const text = `BT /F1 18 Tf 72 700 Td (${title.replace(/[()\\]/g, "")}) Tj 0 -30 Td /F1 12 Tf (Fictional. For tests only.) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, "0");
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join("");
  body += `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from(body, "latin1") };
}

/** Logs a warrant from the first step to its page. `look` is called on each step. */
export async function logWarrant(walker, warrant, look = async () => {}) {
  await walker.go("/console/legal-bases/new");
  await look("warrant-1-paper");
  await walker.fill({ paper: "search_warrant" });
  await walker.press("records-go-on");
  await look("warrant-2-court");
  await walker.fill(warrant.court);
  await walker.press("records-save-on");
  await look("warrant-3-scope");
  await walker.fill(warrant.scope);
  await walker.press("records-save-on");
  await look("warrant-4-scan");
  await walker.fill({ file: scan(`Search warrant ${warrant.docket}`) });
  await walker.press("records-scan-store");
  await look("warrant-4-scan-stored");
  await walker.press("records-go-on");
  await look("warrant-5-check");
  await walker.press("records-register");
  await look("warrant-6-registered");
  return new URL(walker.page.url()).pathname.split("/").pop();
}

/** The id of a legal basis of the city, by what became of it. */
export const basisThatIs = (title) => readCity().legal_bases[title];
