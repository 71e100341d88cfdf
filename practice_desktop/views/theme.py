"""Light and dark: the tokens of the design, the palette and the one stylesheet made from them."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from practice_desktop.paths import resources

BODY_PIXELS = 13


@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """Colours as `#rrggbb`, or `rgba(…)` where only the stylesheet uses them."""

    scheme: str
    canvas: str
    surface: str
    rail: str
    rail_selected: str
    field: str
    line: str
    ink: str
    muted: str
    disabled: str
    placeholder: str
    tick_line: str
    scroll: str
    hover: str
    neutral_soft: str
    accent: str
    accent_hover: str
    accent_off: str
    accent_soft: str
    good_ink: str
    on_accent: str
    focus_on_accent: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str
    red_fill: str
    on_red: str
    blue: str
    blue_soft: str
    dot_good: str
    dot_waiting: str
    dot_bad: str


LIGHT = Tokens(
    scheme="light",
    canvas="#f4f6f7",
    surface="#ffffff",
    rail="#fbfcfc",
    rail_selected="#e3f3f0",
    field="#ffffff",
    line="#dfe5e8",
    ink="#1c2630",
    muted="#5d6b78",
    disabled="#95a1ab",
    placeholder="#73808c",
    tick_line="#8a97a3",
    scroll="#c6cfd5",
    hover="#f1f4f5",
    neutral_soft="#edf0f2",
    accent="#0f766e",
    accent_hover="#0c655e",
    accent_off="#86b9b5",
    accent_soft="#e3f3f0",
    good_ink="#0b5f58",
    on_accent="#ffffff",
    focus_on_accent="#1c2630",
    amber="#92500b",
    amber_soft="#fdf1dc",
    red="#a8261d",
    red_soft="#fce9e7",
    red_fill="#a8261d",
    on_red="#ffffff",
    blue="#1e56b3",
    blue_soft="#e7effc",
    dot_good="#2e9e6b",
    dot_waiting="#c98a1b",
    dot_bad="#c0392b",
)
DARK = Tokens(
    scheme="dark",
    canvas="#12171b",
    surface="#1a2126",
    rail="#161c20",
    rail_selected="#173631",
    field="#1a2126",
    line="#2b353c",
    ink="#e4eaee",
    muted="#9aa8b4",
    disabled="#66737e",
    placeholder="#84929e",
    tick_line="#6f7d88",
    scroll="#3b4750",
    hover="#20292f",
    neutral_soft="#252e34",
    accent="#2bb5a6",
    accent_hover="#3cc4b5",
    accent_off="#1f6159",
    accent_soft="#12352f",
    good_ink="#5fd6c8",
    on_accent="#0f1f1d",
    focus_on_accent="#e4eaee",
    amber="#f2b560",
    amber_soft="#3a2b12",
    red="#f28b82",
    red_soft="#3d1c1a",
    red_fill="#f28b82",
    on_red="#2a0f0d",
    blue="#8ab4f8",
    blue_soft="#1a2b47",
    dot_good="#2e9e6b",
    dot_waiting="#c98a1b",
    dot_bad="#e06c60",
)


def tokens() -> Tokens:
    """The colours in use now; whoever paints asks each time, so that a switch shows at once."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def apply_theme(app: QApplication, dark: bool | None = None) -> None:
    """Dress the program. Without `dark` it follows the system's setting, also while it runs."""
    font = app.font()
    font.setPixelSize(BODY_PIXELS)
    app.setStyle("Fusion")
    app.setFont(font)
    if dark is None:
        hints = QGuiApplication.styleHints()
        _dress(app, hints.colorScheme() is Qt.ColorScheme.Dark)
        hints.colorSchemeChanged.connect(
            lambda scheme: _dress(app, scheme is Qt.ColorScheme.Dark),
            Qt.ConnectionType.AutoConnection,
        )
    else:
        _dress(app, dark)


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties and let the stylesheet look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def reveal(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget that may not stand in a layout yet: showing one would open a window."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(shown)


def icon_size(pixels: int = 18) -> QSize:
    return QSize(pixels, pixels)


def _dress(app: QApplication, dark: bool) -> None:
    colours = DARK if dark else LIGHT
    app.setPalette(_palette(colours))
    app.setStyleSheet(_sheet(colours))


def _sheet(colours: Tokens) -> str:
    text = (resources() / "styles" / "desktop.qss").read_text(encoding="utf-8")
    icons = (resources() / "icons").as_posix()
    return Template(text).substitute(asdict(colours), icons=icons)


def _palette(colours: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, colours.canvas),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.canvas),
        (role.Button, colours.surface),
        (role.ToolTipBase, colours.surface),
        (role.WindowText, colours.ink),
        (role.Text, colours.ink),
        (role.ButtonText, colours.ink),
        (role.ToolTipText, colours.ink),
        (role.BrightText, colours.red),
        (role.PlaceholderText, colours.placeholder),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Mid, colours.line),
        (role.Midlight, colours.neutral_soft),
        (role.Light, colours.surface),
        (role.Dark, colours.line),
        (role.Shadow, colours.line),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.disabled))
    return palette
