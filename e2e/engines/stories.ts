/** A purchase, and those numbers of the acceptance list that an engine can change. */
export const engineMatters =
  /[. ](1|2|3|4|5|6|7|13|14|15|16|17|18|21|23) |buys two tickets and nachos/
