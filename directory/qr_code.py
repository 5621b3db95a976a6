"""An address as a QR code, for paper."""

import io

import segno


def qr_code(address):
    """Return `address` as a QR code: an SVG, as bytes, that needs no style of the page. It stands a lost quarter."""
    file = io.BytesIO()
    # The quiet zone and the white ground belong to it: on a dark page a camera would not find it.
    segno.make(address, error="q", micro=False).save(
        file, kind="svg", border=4, light="#fff", svgclass=None, lineclass=None, unit=None, omitsize=True
    )
    return file.getvalue()
