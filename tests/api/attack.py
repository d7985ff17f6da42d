"""What an attacker sends: raw bytes on a socket, and files that grow when they are unpacked."""
import io
import socket
import struct
import zipfile
import zlib

XLSX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def row(*cells):
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in cells) + "</row>"


def workbook(sheet, **parts):
    """The bytes of a workbook with one sheet, as text or as (bytes deflated, crc, size)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in {**XLSX, **parts}.items():
            z.writestr(name, text)
        if isinstance(sheet, str):
            z.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def deflated_bomb(begin, filler, times):
    """begin, then filler `times` over, deflated without ever being there as a whole."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(filler) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * times + b"\x03\x00", len(begin) + len(filler) * times


def bomb_workbook(begin, filler, times, said_size=None):
    """A workbook whose sheet unpacks to far more than it weighs; said_size: what its entry claims."""
    packed, size = deflated_bomb(begin, filler, times)
    size = min(size if said_size is None else said_size, 0xFFFFFFFE)
    base, name = workbook(None), b"xl/worksheets/sheet1.xml"
    end = base.rindex(b"PK\x05\x06")
    entries, length, offset = struct.unpack("<HII", base[end + 10:end + 20])
    about = struct.pack("<HHHHIIIHH", 0, 8, 0, 0x21, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04\x14\x00" + about + name + packed
    central = b"PK\x01\x02\x14\x00\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
    files, directory = base[:offset], base[offset:offset + length] + central
    tail = struct.pack("<HHHHIIH", 0, 0, entries + 1, entries + 1, len(directory), offset + len(local), 0)
    return files + local + directory + b"PK\x05\x06" + tail


def raw(s, data, wait=3.0, source="127.0.0.1"):
    """What comes back on a connection of its own, and whether the server closed it."""
    with socket.create_connection(("127.0.0.1", s.port), timeout=wait, source_address=(source, 0)) as c:
        got = b""
        try:
            c.sendall(data)
            while True:
                piece = c.recv(65536)
                if not piece:
                    return got, True
                got += piece
        except ConnectionError:
            return got, True
        except TimeoutError:
            return got, False
