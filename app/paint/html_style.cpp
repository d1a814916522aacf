#include "paint/html_style.h"

namespace sipdex::paint {

namespace {

constexpr const char* rules = R"(
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 16px 48px;max-width:70rem;background:var(--background);color:var(--text);
 font:15px/1.5 Inter,"Noto Sans",system-ui,sans-serif;overflow-wrap:anywhere}
header,section{margin-bottom:24px}
h1{font-size:22px;line-height:1.25;margin:0 0 12px}
h2{font-size:18px;line-height:1.3;margin:24px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--line)}
p,ul,ol{margin:8px 0;max-width:72ch}
ul,ol{padding-inline-start:24px}
li{margin:4px 0}
a{color:var(--accent)}
code,pre{font-family:"JetBrains Mono","Noto Sans Mono",monospace;font-variant-ligatures:none}
code{font-size:.94em;unicode-bidi:isolate;direction:ltr}
pre{direction:ltr;text-align:left;margin:8px 0;padding:12px;background:var(--surface);border-radius:6px;font-size:13px;
 line-height:1.45;overflow-x:auto;overflow-wrap:normal}
pre mark{background:none;color:inherit;font-weight:700;text-decoration:underline}
.mastheads{display:flex;flex-wrap:wrap;gap:12px 32px}
.masthead{flex:1 1 16rem}
.code{font-size:26px;font-weight:700;margin:0}
.phrase{font-size:18px}
.gloss{margin:2px 0;font-weight:600}
.lead{font-size:18px}
.secondary,.remark,figcaption,footer{color:var(--secondary);font-size:13px}
.remark{margin:2px 0}
.untranslated{color:var(--secondary);font-size:13px}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:8px 0}
th,td{text-align:start;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line)}
tbody th{font-weight:400;color:var(--secondary)}
th.label{width:22%}
td.number,th.number{width:2.2em;color:var(--secondary)}
tr.differs>th{color:var(--text);font-weight:600}
.at-a-glance{background:var(--surface);border-radius:6px;padding:4px 16px 12px}
.callout{border-inline-start:3px solid var(--line);padding:4px 12px;background:var(--surface)}
.warning{border-color:var(--c5)}
.tree,.tree ul{list-style:none;padding-inline-start:0;max-width:none}
.tree li{border-inline-start:2px solid var(--line);margin:6px 0;padding-inline-start:12px}
.tree>li,.tree .found li{border:0;padding-inline-start:0}
.tree .found{margin:2px 0}
.question{font-weight:600}
.mark{color:var(--secondary)}
figure{margin:8px 0;overflow-x:auto;direction:ltr}
svg{max-width:100%;height:auto;font:12px "JetBrains Mono","Noto Sans Mono",monospace}
svg text{fill:var(--text)}
svg .head{font:600 13px Inter,"Noto Sans",sans-serif}
svg .time{fill:var(--secondary);font-size:11px}
svg line,svg path{stroke:var(--text);fill:none}
svg .life{stroke:var(--line)}
svg .proves line{stroke-width:2.5}
svg .proves text{font-weight:700}
)";

}  // namespace

std::string html_roles(const Theme& theme) {
    std::string css = "--background:" + hex_of(theme.background) + ";--surface:" + hex_of(theme.surface) +
                      ";--line:" + hex_of(theme.line) + ";--text:" + hex_of(theme.text) +
                      ";--secondary:" + hex_of(theme.secondary) + ";--accent:" + hex_of(theme.accent);
    for (int digit = 1; digit <= 6; ++digit)
        css += ";--c" + std::to_string(digit) + ":" + hex_of(theme.of_class(digit * 100));
    return css;
}

std::string html_style(bool monochrome) {
    std::string css =
        ":root{color-scheme:light dark;" + html_roles(monochrome ? monochrome_theme() : light_theme()) + "}\n";
    if (!monochrome) css += "@media (prefers-color-scheme:dark){:root{" + html_roles(dark_theme()) + "}}\n";
    else css = ":root{" + html_roles(monochrome_theme()) + "}\n";
    css += rules + 1;
    for (int digit = 1; digit <= 6; ++digit) {
        const std::string n = std::to_string(digit);
        css += ".c" + n + "{color:var(--c" + n + ")}svg .c" + n + " text{fill:var(--c" + n + ")}svg .c" + n +
               " line,svg .c" + n + " path{stroke:var(--c" + n + ")}\n";
    }
    css +=
        "@media print{:root{" + html_roles(monochrome ? monochrome_theme() : light_theme()) +
        "}body{max-width:none;padding:0;font-size:9.5pt;line-height:1.35}h2{break-after:avoid}tr,li{break-inside:avoid}"
        "thead{display:table-header-group}pre{overflow:visible;white-space:pre-wrap}}\n";
    return css;
}

}  // namespace sipdex::paint
