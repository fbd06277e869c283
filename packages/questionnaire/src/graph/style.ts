/** Of lines: middle tones, legible on white and on near-black. */
const edges = ['#2f7fd6', '#b8720a', '#2e9a5b', '#a05ad0', '#0f93a8', '#8a7a3c'];

/** No CSS variables: programs that draw SVG outside of browsers do not know them. */
export const style = `
text { font-family: system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-size: 13px; fill: #1a1f26 }
.title { font-size: 19px; font-weight: 600 }
.small { font-size: 12px; fill: #56606c }
.required { font-weight: 600 }
.when { font-style: italic; fill: #1d5fa8 }
.flag { font-weight: 700; fill: #b3161b }
.page { fill: #ffffff }
.box { fill: #f4f7fa; stroke: #9aa7b5; stroke-width: 1.2 }
.group .box { fill: #e8edf2; fill-opacity: 0.55; stroke-dasharray: 5 3 }
.group .label { font-weight: 600 }
.text .box { fill: #ffffff; stroke: #c3ccd5 }
.not-asked .box { fill: #ffffff; stroke: #c3ccd5; stroke-dasharray: 2 3 }
.flagged .box { fill: #fdecec; stroke: #c9252b; stroke-width: 2 }
.edge { fill: none; stroke-width: 1.4 }
.dashed { stroke-dasharray: 4 3 }
${edges.map((colour, index) => `.edge.c${index} { stroke: ${colour} } .head.c${index} { fill: ${colour} }`).join('\n')}
@media (prefers-color-scheme: dark) {
text { fill: #e7ebf0 }
.small { fill: #a7b2be }
.when { fill: #8cc0f7 }
.flag { fill: #ff9a9d }
.page { fill: #14181d }
.box { fill: #1f262e; stroke: #5d6b7a }
.group .box { fill: #2a333d }
.text .box, .not-asked .box { fill: #14181d; stroke: #46525e }
.flagged .box { fill: #3a1a1d; stroke: #f0666b }
}
`;
