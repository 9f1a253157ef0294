import { chromium, type Browser } from "@playwright/test"

/** The system's Chromium where `CHROMIUM` names one. */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  const executablePath = process.env["CHROMIUM"]
  return chromium.launch({
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    ...(executablePath && { executablePath }),
  })
}
