/**
 * The demo's posters, drawn in code: flat and bold, 400 by 300. Coordinates are rounded to tenths, so that the files stay small and the
 * same on every machine.
 */
export const drawings: Readonly<Record<string, string>> = {
  "saturday-night-headliners": poster(
    ground("#e5432d"),
    rays({ x: 200, y: 142, count: 16, radius: 320, color: "#ee5a35" }),
    circle(200, 142, 96, "#ffc24a"),
    `<g transform="translate(0 14) rotate(24 200 150)"><path fill="#241023" d="M184 176h32l-8 150h-16z"/><path fill="#fff3dd" d="M172 152h56l-8 30h-40z"/>${circle(200, 112, 48, "#241023")}<path d="M158 96h84M153 114h94M160 132h80M178 70v84M200 64v96M222 70v84" stroke="#6b4560" stroke-width="3.5" fill="none"/><path d="M172 88a34 34 0 0 1 22-14" stroke="#fff" stroke-width="6" stroke-linecap="round" fill="none"/></g>`,
  ),

  "new-faces-open-mic": poster(
    ground("#ffd23f"),
    face(82, 82, "#ff7a59", `<path d="M-16 10q16 22 32 0z" fill="#231815"/>`),
    face(200, 82, "#2f6fed", line("M-14 14h28", "#231815", 5)),
    face(318, 82, "#fff6e0", `<ellipse cy="17" rx="9" ry="12" fill="#231815"/>`),
    face(82, 218, "#19a974", `<ellipse cy="17" rx="8" ry="7" fill="#231815"/>`),
    face(
      200,
      218,
      "#ff9ec4",
      `<path d="M-20 8q20 30 40 0z" fill="#231815"/><path d="M-9 19q9 8 18 0-9-6-18 0z" fill="#e5432d"/>`,
    ),
    face(318, 218, "#8b5cf6", line("M-15 12q15 14 30-4", "#231815", 5)),
  ),

  "roast-battle-final": poster(
    ground("#14203f"),
    circle(200, 190, 150, "#1c2d57"),
    `<path fill="#f0482e" d="M200 24c14 52 84 84 84 160a84 84 0 0 1-168 0c0-34 18-54 34-76 2 22 10 32 22 38-4-44 8-88 28-122Z"/><path fill="#ff9f2e" d="M204 108c8 34 48 52 48 94a52 52 0 0 1-104 0c0-20 10-34 20-46 3 12 8 18 16 22-2-26 6-50 20-70Z"/><path fill="#ffe07a" d="M202 178c5 18 24 26 24 46a26 26 0 0 1-52 0c0-18 20-24 28-46Z"/><path d="M40 300c20-30 60-30 80-10 24-22 60-20 80 0 20-20 56-22 80 0 20-20 60-20 80 10z" fill="#0c142b"/>`,
  ),

  "priya-nair-working-title": poster(
    ground("#0c6f66"),
    `<path fill="#0a5f58" d="M0 210 400 90v210H0z"/><g transform="rotate(-6 200 150)"><path fill="#003d3a" d="M98 54h222v206H98z" opacity=".5"/><path fill="#fff4df" d="M88 44h222v206H88z"/><path fill="#0c6f66" d="M112 76h120v20H112zM112 166h86v14h-86zM112 192h150v14H112zM112 218h112v8H112z"/><path fill="#16302e" d="M112 112h172v28H112z"/>${line("M100 146c40-30 70 4 104-26s60-6 92-20", "#ff6a4d", 11)}</g>`,
    `<g transform="translate(306 214) rotate(38)"><path fill="#ffb93b" d="M-12-92h24V40h-24z"/><path fill="#fff4df" d="M-12 40h24L0 70z"/><path fill="#16302e" d="M-5 57H5L0 70z"/><path fill="#ff8f9c" d="M-12-112h24v20h-24z"/></g>`,
  ),

  "yes-and-improv-jam": poster(
    ground("#c7b4ff"),
    `<path fill="#b59cfb" d="M0 300 400 0v300z"/><path fill="#fff" d="M66 50h176a22 22 0 0 1 22 22v86a22 22 0 0 1-22 22H132l-38 34 4-34H66a22 22 0 0 1-22-22V72a22 22 0 0 1 22-22Z"/><path fill="#1d1147" d="M176 112h160a22 22 0 0 1 22 22v78a22 22 0 0 1-22 22h-22l6 34-42-34H176a22 22 0 0 1-22-22v-78a22 22 0 0 1 22-22Z"/>`,
    circle(214, 173, 13, "#ff6b4a"),
    circle(256, 173, 13, "#ffd23f"),
    circle(298, 173, 13, "#4fd8b4"),
    line("M84 84h120M84 110h54", "#1d1147", 11),
  ),

  "new-years-eve-gala": poster(
    ground("#2a0f5c"),
    `<path fill="#3d1b86" d="M200 0 20 300h120zM200 0l180 300H260z" opacity=".8"/><path d="M200 0v70" stroke="#f7d774" stroke-width="4"/>`,
    circle(200, 150, 82, "#e9b8ff"),
    `<path fill="#c07bf5" d="M200 68a82 82 0 0 1 0 164c34-20 46-50 46-82s-12-62-46-82Z"/><path d="M200 68c-60 40-60 124 0 164M200 68c60 40 60 124 0 164M200 68v164M118 150h164M130 108h140M130 192h140" stroke="#2a0f5c" stroke-width="3.5" fill="none"/>`,
    star(92, 84, 2.8, "#f7d774"),
    star(318, 112, 2, "#fff"),
    star(106, 226, 1.7, "#fff"),
    star(300, 228, 3, "#f7d774"),
    star(142, 48, 1.2, "#fff"),
    star(268, 52, 1.5, "#f7d774"),
  ),

  "giggle-factory": poster(
    ground("#7fd3f7"),
    circle(330, 66, 40, "#ffe07a"),
    `<path fill="#fff" opacity=".9" d="M20 96a22 22 0 0 1 42-8 18 18 0 0 1 30 16 14 14 0 0 1-4 26H32a18 18 0 0 1-12-34Z"/><path fill="#e5432d" d="M0 300V214l64-42v42l64-42v42l64-42v42l64-42v128z"/><path fill="#c93523" d="M256 172l12-84h36l14 212h-62z"/><path fill="#fff3dd" d="M28 240h34v34H28zM92 240h34v34H92zM156 240h34v34h-34z"/><path fill="#16324f" d="M0 288h400v12H0z"/>`,
    balloon(292, 52, "#ff9ec4"),
    balloon(332, 120, "#ffd23f"),
    balloon(256, 108, "#8b5cf6"),
    balloon(364, 194, "#19a974"),
    line("M284 84q-2 14 0 24M324 152q-20-20-34-44M262 140q8-16 22-32", "#16324f", 2),
  ),

  "first-laughs": poster(
    ground("#ffb3a0"),
    `<path fill="#ff9a82" d="M0 214c60-24 120-24 200 0s140 24 200 0v86H0z"/><ellipse cx="200" cy="252" rx="104" ry="20" fill="#c9573f" opacity=".5"/>`,
    `<path fill="#fff8ea" d="M200 42c56 0 92 76 92 126a92 86 0 0 1-184 0c0-50 36-126 92-126Z"/><path fill="#f1dfc0" d="M246 72c30 30 46 70 46 96a92 86 0 0 1-120 81c70 4 100-60 92-110-4-26-12-50-18-67Z" opacity=".7"/>`,
    line("M108 132l26 18 24-22 22 26 24-26 22 24 24-22 40 8", "#3b1c14", 6),
    circle(168, 182, 9, "#3b1c14"),
    circle(232, 182, 9, "#3b1c14"),
    `<path d="M166 206q34 38 68 0z" fill="#3b1c14"/><path d="M184 219q16 12 32 0-16-9-32 0z" fill="#ff7a59"/>`,
  ),

  "soiree-du-rire": poster(
    ground("#1b2a6b"),
    rays({ x: 266, y: 118, count: 20, radius: 360, color: "#22347f" }),
    circle(266, 118, 84, "#ffe9b0"),
    `<path fill="#f3cf7d" d="M322 55a84 84 0 1 1-112 126 92 92 0 0 0 112-126Z"/>`,
    line("M232 104q10-12 20 0M274 104q10-12 20 0", "#1b2a6b", 6),
    `<path d="M232 132q32 40 62 0z" fill="#1b2a6b"/><path d="M248 147q15 10 30 0-15-8-30 0z" fill="#e5432d"/>`,
    star(70, 62, 1.8, "#fff"),
    star(136, 112, 1.2, "#ffe9b0"),
    star(370, 40, 1.4, "#fff"),
    `<path fill="#0c1440" d="M0 300v-70l34-30 34 30v-26h60v-30l22-20 22 20v50h40l40-36 40 36v22h36v-54h18v-16h16v16h38v108z"/><path fill="#ffc24a" d="M22 250h14v18H22zM88 228h14v18H88zM144 196h12v16h-12zM144 232h12v16h-12zM246 236h14v18h-14zM350 220h14v18h-14zM350 254h14v18h-14z"/>`,
  ),

  "on-tour": poster(
    ground("#ffcf8a"),
    circle(96, 92, 46, "#ff7a59"),
    `<path fill="#8aa6d8" d="M0 210 90 96l60 74 66-108 96 128 88-84v194H0z"/><path fill="#fff" d="M216 62l34 46-20-6-14 14-12-14-16 10zM90 96l24 30-16-2-10 10-10-12-8 2z"/><path fill="#3f5f9e" d="M0 240 70 170l80 60 90-66 160 86v50H0z"/><path fill="#2b2b34" d="M0 262h400v38H0z"/>`,
    line("M20 281h40M100 281h40M180 281h40M260 281h40M340 281h40", "#ffd23f", 4),
    `<path fill="#e5432d" d="M92 172a16 16 0 0 1 16-16h150c30 0 44 34 52 56 12 2 18 10 18 22v22H92z"/><path fill="#fff3dd" d="M92 206h226v14H92z"/><path fill="#bfe6f7" d="M112 170h38v30h-38zM160 170h38v30h-38zM208 170h52c14 0 22 16 28 30h-80z"/>`,
    `<path d="M300 236q10 12 22 0" stroke="#231815" stroke-width="4" stroke-linecap="round" fill="none"/>`,
    wheel(138, 256),
    wheel(276, 256),
  ),

  "down-east": poster(
    ground("#173a5e"),
    `<path fill="#ffe07a" opacity=".35" d="M226 84 400 20v130z"/><path fill="#ffe07a" opacity=".35" d="M176 84 0 30v110z"/>`,
    `<path fill="#fff3dd" d="M172 110h58l16 140h-90z"/><path fill="#e5432d" d="M168 144h66l4 32h-74zM161 206h80l4 34h-88z"/><path fill="#10273f" d="M168 98h66v14h-66zM180 62h42v36h-42z"/><path fill="#ffe07a" d="M186 68h30v30h-30z"/><path fill="#e5432d" d="M176 62l25-26 25 26z"/>`,
    circle(195, 79, 3, "#10273f"),
    circle(207, 79, 3, "#10273f"),
    line("M193 87q8 9 16 0", "#10273f", 3),
    waves(236, "#2f7fb3"),
    waves(258, "#1f5f8f"),
    waves(280, "#123f66"),
    star(60, 50, 1.2, "#fff"),
    star(352, 186, 1, "#fff"),
    star(110, 190, 0.9, "#fff"),
  ),

  "t-shirt": poster(
    ground("#ffe9c9"),
    circle(200, 150, 128, "#ffd699"),
    shirt("#16120c"),
    `<path fill="#ffb000" d="M158 112h84v56h-44l-22 20v-20h-18z"/>`,
    line("M174 132h14M212 132h14", "#16120c", 6),
    `<path d="M174 146c10 14 42 14 52 0z" fill="#16120c"/>`,
  ),

  notebook: poster(
    ground("#cfe8e2"),
    `<g transform="rotate(8 200 150)"><path fill="#0a5f58" opacity=".35" d="M122 44h172v222H122z"/><path fill="#16302e" d="M112 34h172v222H112z"/><path fill="#0c6f66" d="M136 34h148v222H136z"/><path fill="#fff4df" d="M160 76h100v56H160z"/>${line("M174 94h72M174 112h46", "#16302e", 6)}${line("M168 122c20-30 44 6 84-26", "#ff6a4d", 6)}<path fill="#ff6a4d" d="M246 34h16v240l-8-12-8 12z"/></g>`,
  ),

  nachtzug: poster(
    ground("#101a3f"),
    circle(300, 78, 50, "#f6dfae"),
    ...[50, 120, 190, 370].map((x, i) =>
      star(x, 40 + ((i * 37) % 70), 0.9 + (i % 2) * 0.5, "#fff"),
    ),
    `<path fill="#1b2a5c" d="M0 214 70 150l60 46 80-78 90 84 100-60v158H0z"/><path fill="#0a1029" d="M0 236h400v64H0z"/>`,
    line("M0 262h400M0 274h400", "#4a5a9a", 3),
    line(Array.from({ length: 20 }, (_, i) => `M${i * 21 + 4} 256v24`).join(""), "#33407a", 4),
    `<path fill="#e5432d" d="M0 184h292c44 0 84 36 96 62H0z"/><path fill="#fff3dd" d="M0 224h372l12 14H0z"/><path fill="#f7cf7a" d="M14 196h44v20H14zM72 196h44v20H72zM130 196h44v20h-44zM188 196h44v20h-44zM246 196h38v20h-38z"/><path fill="#bfe0ff" d="M300 194c22 4 40 16 52 28h-52z"/><path fill="#ffe9b0" opacity=".55" d="M384 234l16-8v32l-16-4z"/>`,
  ),

  "ida-holm": poster(
    ground("#3a1420"),
    circle(286, 92, 120, "#54202d"),
    circle(286, 92, 74, "#7a3138"),
    `<path fill="#0f0a0c" d="M64 176h236c44 0 66 18 66 40v16H64z"/><path fill="#0f0a0c" d="M94 170 132 52c60-6 150 24 172 118z"/><path fill="#2a1f22" d="M112 164 144 70c50-2 112 20 134 94z"/><path fill="#0f0a0c" d="M92 232h14v68H92zM322 232h14v68h-14zM206 232h12v52h-12z"/><path fill="#fff8ea" d="M64 196h150v20H64z"/>`,
    line(Array.from({ length: 9 }, (_, i) => `M${80 + i * 15} 196v12`).join(""), "#0f0a0c", 6),
    `<path fill="#fff3dd" d="M274 116h24v52h-24z"/><path fill="#ffb93b" d="M286 70c12 18 14 24 14 32a14 14 0 0 1-28 0c0-8 2-14 14-32Z"/><path fill="#fff3dd" d="M286 90c5 8 6 10 6 14a6 6 0 0 1-12 0c0-4 1-6 6-14Z"/>`,
  ),

  "velvet-static": poster(
    ground("#4b1648"),
    ...["#e0457b", "#ff7a59", "#ffb93b", "#f7e1a1", "#8b3fd1", "#5b2bb0"].map((color, i) =>
      soundWave(54 + i * 38, 34 - Math.abs(i - 2.5) * 5, color),
    ),
  ),

  "aiko-mori-trio": poster(
    ground("#f3e6d0"),
    circle(250, 134, 104, "#e23b2e"),
    `<path fill="#2b1710" d="M176 92c-26 0-40 18-36 40 3 16 12 18 12 30s-26 26-26 62c0 34 24 52 56 52s56-18 56-52c0-36-26-50-26-62s9-14 12-30c4-22-10-40-36-40z"/><path fill="#5c3020" d="M182 104c-18 0-28 12-26 28 3 16 13 18 13 32s-26 24-26 60c0 26 16 40 39 40s39-14 39-40c0-36-26-46-26-60s10-16 13-32c2-16-8-28-26-28z"/><path fill="#16100c" d="M176 18h12v190h-12zM168 18h28v12h-28z"/>`,
    line("M178 30v206M182 30v206M186 30v206", "#f3e6d0", 1.2),
    line("M158 188c-8 8-8 24 0 32M206 188c8 8 8 24 0 32", "#16100c", 5),
    `<path fill="#16100c" d="M166 236h32v8h-32z"/><path fill="#2b1710" d="M0 288h400v12H0z"/>`,
    line("M60 250l190-60", "#16100c", 4),
  ),

  "sunday-lantern": poster(
    ground("#bfe3d0"),
    `<path fill="#a7d5bf" d="M0 220c80-40 150-30 220 0s120 30 180 0v80H0z"/>`,
    line("M60 92h280M60 116h280M60 140h280M60 164h280M60 188h280", "#7db79c", 2.5),
    `<path d="M200 0v64" stroke="#22201c" stroke-width="3"/><path fill="#f4933b" d="M156 76h88c24 34 24 96 0 130h-88c-24-34-24-96 0-130Z"/><path fill="#ffb661" d="M176 76h24v130h-24c-14-34-14-96 0-130Z"/><path fill="#22201c" d="M166 62h68v16h-68zM166 204h68v16h-68z"/>`,
    line("M200 78v126M176 78c-14 34-14 92 0 126M224 78c14 34 14 92 0 126", "#c96f1f", 3),
    note(98, 150, "#22201c"),
    note(306, 126, "#22201c"),
    note(340, 176, "#9c2f1f"),
    note(70, 106, "#9c2f1f"),
  ),

  "brass-weather": poster(
    ground("#2f6fb5"),
    cloud(96, 76, 1.1, "#fff"),
    cloud(308, 60, 0.9, "#dcecff"),
    cloud(214, 44, 1.3, "#eef6ff"),
    `<path fill="#ffb93b" d="M128 96c0 40 24 66 58 70v58a38 38 0 0 0 76 0V138h-24v84a14 14 0 0 1-28 0v-56c34-4 70-30 70-70z"/><path fill="#e59a1a" d="M200 166h10v56a14 14 0 0 0 14 14v24a38 38 0 0 1-38-36v-58z"/><ellipse cx="204" cy="96" rx="78" ry="20" fill="#ffd679"/><ellipse cx="204" cy="96" rx="58" ry="12" fill="#8a5410"/>`,
    line("M262 150h34v-26", "#ffb93b", 12),
    `<path fill="#ffd679" d="M284 112h24v14h-24z"/>`,
    line(
      "M90 176l-10 26M120 196l-10 26M320 176l-10 26M352 196l-10 26M66 220l-10 26M300 222l-10 26",
      "#bfe0ff",
      5,
    ),
  ),

  "pay-as-you-hear": poster(
    ground("#f6c445"),
    `<path fill="#eeb52c" d="M0 300 260 0h140v300z"/>`,
    `<g transform="rotate(-32 200 160)"><path fill="#7a3a16" d="M190 12h20v150h-20z"/><path fill="#231815" d="M182-12h36v34h-36z"/><path fill="#b8571f" d="M200 136c34 0 50 18 46 42-2 14-10 18-10 30s24 18 24 46c0 30-26 46-60 46s-60-16-60-46c0-28 24-34 24-46s-8-16-10-30c-4-24 12-42 46-42z"/>${circle(200, 212, 24, "#231815")}<path fill="#231815" d="M172 268h56v10h-56z"/>${line("M194 0v268M200 0v268M206 0v268", "#fff3dd", 1.4)}</g>`,
    coin(78, 78),
    coin(120, 128),
    coin(330, 236),
    coin(60, 176),
  ),

  winterreise: poster(
    ground("#dfe9f2"),
    `<path fill="#f6fafd" d="M0 190c90-40 170-30 250-6s110 18 150 0v116H0z"/><path fill="#cfdce8" d="M0 236c100-30 220 10 400-20v84H0z"/>`,
    line(
      "M296 214V72M296 150l-44-42M296 128l46-40M296 104l-26-34M296 96l24-36M268 124l-4-30M324 104l22-4M252 108l-18 2",
      "#2c3440",
      7,
    ),
    ...[
      [54, 284],
      [84, 268],
      [112, 270],
      [140, 252],
      [168, 254],
      [194, 238],
      [220, 240],
      [244, 226],
    ].map(([x = 0, y = 0], i) => footprint(x, y, 1 - i * 0.07)),
    circle(96, 78, 30, "#f2b8a0"),
    ...[
      [40, 40],
      [150, 36],
      [186, 110],
      [360, 140],
      [220, 60],
      [372, 46],
      [30, 140],
      [130, 150],
    ].map(([x = 0, y = 0]) => circle(x, y, 4, "#fff")),
  ),

  "silent-ball": poster(
    ground("#0f2f3a"),
    `<path fill="#16495a" d="M200 20 40 300h90zM200 20l160 280h-90z"/>`,
    line("M112 170a88 88 0 0 1 176 0", "#f6efe0", 16),
    circle(200, 186, 66, "#c9f0ea"),
    `<path fill="#8fd6cc" d="M200 120a66 66 0 0 1 0 132c28-16 38-40 38-66s-10-50-38-66Z"/><path d="M200 120c-48 32-48 100 0 132M200 120c48 32 48 100 0 132M134 186h132M144 152h112M144 220h112M200 120v132" stroke="#0f2f3a" stroke-width="3" fill="none"/>`,
    `<rect x="94" y="156" width="36" height="72" rx="16" fill="#e5432d"/><rect x="270" y="156" width="36" height="72" rx="16" fill="#ffd23f"/>`,
    star(64, 80, 2, "#ffd23f"),
    star(340, 96, 2.4, "#ff9ec4"),
    star(334, 256, 1.6, "#fff"),
    star(70, 244, 1.4, "#fff"),
  ),

  "tour-shirt": poster(
    ground("#dfe4f2"),
    circle(200, 150, 128, "#c6d0ea"),
    shirt("#16224f"),
    circle(200, 132, 34, "#f6dfae"),
    `<path fill="#e5432d" d="M150 166h76c16 0 24 10 28 22H150z"/><path fill="#f7cf7a" d="M158 172h14v8h-14zM180 172h14v8h-14zM202 172h14v8h-14z"/>`,
    line("M146 194h112", "#f6efe0", 3),
  ),
}

function poster(...parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="800" height="600">${parts.join("")}</svg>\n`
}

function ground(color: string): string {
  return `<path fill="${color}" d="M0 0h400v300H0z"/>`
}

function circle(x: number, y: number, radius: number, color: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`
}

function line(path: string, color: string, width: number): string {
  return `<path d="${path}" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" fill="none"/>`
}

/** Every second slice of a pie. */
function rays(of: { x: number; y: number; count: number; radius: number; color: string }): string {
  const point = (slice: number) => {
    const angle = (slice * 2 * Math.PI) / of.count
    return `${tenths(of.x + of.radius * Math.cos(angle))} ${tenths(of.y + of.radius * Math.sin(angle))}`
  }
  const slices = Array.from({ length: of.count / 2 }, (_, i) => {
    return `M${of.x} ${of.y}L${point(2 * i)}L${point(2 * i + 1)}Z`
  })
  return `<path fill="${of.color}" d="${slices.join("")}"/>`
}

function star(x: number, y: number, scale: number, color: string): string {
  return `<path transform="translate(${x} ${y}) scale(${scale})" fill="${color}" d="M0-10Q1.2-1.2 10 0 1.2 1.2 0 10-1.2 1.2-10 0-1.2-1.2 0-10Z"/>`
}

function face(x: number, y: number, color: string, mouth: string): string {
  return `<g transform="translate(${x} ${y})">${circle(0, 0, 52, color)}${circle(-17.7, -7.3, 5.2, "#231815")}${circle(17.7, -7.3, 5.2, "#231815")}${mouth}</g>`
}

function balloon(x: number, y: number, color: string): string {
  return `<g transform="translate(${x} ${y})"><ellipse rx="24" ry="30" fill="${color}"/><path fill="${color}" d="M-5 28H5l3 8h-16z"/><path d="M-12-10a14 14 0 0 1 10-10" stroke="#fff" stroke-width="4" stroke-linecap="round" fill="none" opacity=".8"/></g>`
}

function wheel(x: number, y: number): string {
  return circle(x, y, 24, "#16161c") + circle(x, y, 10, "#d7d7df")
}

function waves(y: number, color: string): string {
  const crests = Array.from({ length: 10 }, () => "q10-14 20 0t20 0").join("")
  return `<path fill="${color}" d="M0 ${y}${crests}V300H0z"/>`
}

function shirt(color: string): string {
  return `<path fill="${color}" d="M148 58c12 22 92 22 104 0l46 20 28 62-40 18-12-24v118H126V134l-12 24-40-18 28-62z"/><path d="M148 58c12 22 92 22 104 0" stroke="#fff" stroke-opacity=".25" stroke-width="5" fill="none"/>`
}

function soundWave(y: number, height: number, color: string): string {
  const swings = Array.from({ length: 8 }, (_, i) => {
    const swing = tenths(height * (1 - Math.abs(i - 3.5) / 5) * (i % 2 === 0 ? -1 : 1))
    return `q25 ${tenths(swing * 2)} 50 0`
  })
  return line(`M0 ${y}${swings.join("")}`, color, 16)
}

function cloud(x: number, y: number, scale: number, color: string): string {
  return `<path transform="translate(${x} ${y}) scale(${scale})" fill="${color}" d="M-52 18a20 20 0 0 1 6-38 30 30 0 0 1 56-10 24 24 0 0 1 38 18 16 16 0 0 1 0 30z"/>`
}

function note(x: number, y: number, color: string): string {
  return `<g transform="translate(${x} ${y})" fill="${color}"><ellipse cx="-4" cy="14" rx="10" ry="7" transform="rotate(-18 -4 14)"/><path d="M3-26h4v38H3z"/><path d="M5-26c2 12 18 12 14 28-2-10-10-10-14-14z"/></g>`
}

function coin(x: number, y: number): string {
  return `${circle(x + 3, y + 4, 22, "#c98f12")}${circle(x, y, 22, "#fff1c2")}${circle(x, y, 15, "#f6c445")}${line(`M${x + 6} ${y - 7}a9 9 0 1 0 0 14M${x - 8} ${y - 2}h10M${x - 8} ${y + 3}h10`, "#8a5f0a", 2.5)}`
}

function footprint(x: number, y: number, scale: number): string {
  return `<g transform="translate(${x} ${y}) scale(${tenths(scale)}) rotate(58)" fill="#9fb2c6"><ellipse rx="7" ry="11" cy="-6"/><ellipse rx="5.5" ry="6" cy="11"/></g>`
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
