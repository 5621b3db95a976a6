"""How a mail looks. Mail programs know few style sheets, so each element carries its own; the dark scheme is one.

The colours are those of static/css/tokens.css.
"""

_FONT = "font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif"
_HEADING = f"{_FONT};font-weight:700;line-height:1.25;color:#0f272e"

CSS = {
    "page": "margin:0;padding:0;background-color:#eff6f6;-webkit-text-size-adjust:100%",
    "preheader": "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px",
    "sheet": "width:100%;max-width:600px;border-collapse:separate",
    "band": f"{_FONT};padding:18px 24px;background-color:#08313d;color:#ffffff;font-size:18px;font-weight:700",
    "band_link": "color:#ffffff;text-decoration:none",
    "card": f"{_FONT};padding:24px;background-color:#ffffff;color:#0f272e;font-size:17px;line-height:1.5",
    "h1": f"{_HEADING};margin:0 0 20px;font-size:28px",
    "h2": f"{_HEADING};margin:28px 0 12px;font-size:22px",
    "h3": f"{_HEADING};margin:20px 0 6px;font-size:19px",
    "h4": f"{_HEADING};margin:16px 0 6px;font-size:17px",
    "p": "margin:0 0 14px",
    "fact": "margin:0 0 6px;font-weight:700",
    "soft": "margin:0 0 6px;color:#3c535a;font-size:16px",
    "off": "margin:0 0 6px;color:#a3123f;font-weight:700",
    "a": "color:#0b5165;text-decoration:underline",
    "ul": "margin:0 0 14px;padding-left:24px",
    "ol": "margin:0 0 14px;padding-left:24px",
    "li": "margin:0 0 6px",
    "blockquote": "margin:0 0 14px;padding:2px 0 2px 16px;border-left:4px solid #2a7f92",
    "hr": "margin:24px 0;border:0;border-top:1px solid #c5d3d5",
    "table": "margin:0 0 14px;border-collapse:collapse",
    "th": "padding:6px 10px;border:1px solid #c5d3d5;text-align:left;vertical-align:top;font-weight:700",
    "td": "padding:6px 10px;border:1px solid #c5d3d5;text-align:left;vertical-align:top",
    "picture_p": "margin:24px 0 14px",
    "picture": "display:block;width:100%;height:auto;border:0;font-size:16px;line-height:1.4;color:#3c535a",
    "small_cell": "padding:22px 16px 0 0;vertical-align:top;width:120px",
    "small": "display:block;width:120px;height:auto;border:0;font-size:14px;line-height:1.3;color:#3c535a",
    "caption": "margin:8px 0 18px;color:#3c535a;font-size:15px",
    "button_cell": "border-radius:4px;background-color:#0b5165",
    "button": f"{_FONT};display:inline-block;padding:12px 22px;color:#ffffff;font-size:17px;font-weight:700;"
    "text-decoration:none;border-radius:4px",
    "foot": f"{_FONT};padding:20px 24px;color:#3c535a;font-size:15px;line-height:1.5",
    "foot_p": "margin:0 0 10px",
}

DARK = (
    ".page{background-color:#0b1a20!important}"
    ".card{background-color:#142c35!important;color:#eaf2f3!important}"
    ".band{background-color:#0d2c37!important}"
    ".card h1,.card h2,.card h3,.card h4{color:#eaf2f3!important}"
    ".card a,.foot a{color:#93d3df!important}"
    ".soft,.card img,.foot{color:#b9ccd1!important}"
    ".off{color:#ffa3b8!important}"
    ".card blockquote{border-left-color:#4f9dae!important}"
    ".card hr,.card th,.card td{border-color:#2d4a54!important}"
    ".button{background-color:#a5dce6!important}"
    ".card .button a{color:#06222b!important}"
)
# Where the mail stands on a phone the rows lose their pictures: what is left beside them is too narrow to read.
NARROW = ".small{display:none!important}.card,.foot,.band{padding-left:16px!important;padding-right:16px!important}"
DARK_QUERY = "(prefers-color-scheme:dark)"
# Each in an element of its own: a mail program that does not know one of them leaves that one out.
SHEETS = (
    f"@media (max-width:480px){{{NARROW}}}",
    f":root{{color-scheme:light dark;supported-color-schemes:light dark}}@media {DARK_QUERY}{{{DARK}}}",
)
