"""Checks a backup, knowing docs/FORMAT.md and nothing else.

stranger.py FILE [IDENTITY]: exits with 0 if everything agrees, else says what does not.
Needs the commands zstd, age and openssl.
"""

import base64
import hashlib
import json
import struct
import subprocess
import sys
import tempfile


class Disagrees(Exception):
    pass


def check(holds, what):
    if not holds:
        raise Disagrees(what)


def run(command, data):
    done = subprocess.run(command, input=data, capture_output=True)
    check(done.returncode == 0, command[0] + " refuses: " + done.stderr.decode(errors="replace"))
    return done.stdout


def sha256(data):
    return hashlib.sha256(data)


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    check(base64.b64encode(data).decode() == text, "base64 is not in its one form")
    return data


def once(pairs):
    names = [name for name, _ in pairs]
    check(len(names) == len(set(names)), "a name stands twice in an object")
    return dict(pairs)


def parse(data):
    return json.loads(data, object_pairs_hook=once, parse_float=str, parse_int=int)


def stored(path, identity):
    """The document's text and, where it has one, the index and the file that it belongs to."""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"age-encryption.org/"):
        data = run(["age", "-d", "-i", identity], data)
    if data.startswith(b"{"):
        return data, None, data
    check(data[-8:] == b"COFFERIX", "the file does not end with an index")
    (length,) = struct.unpack("<I", data[-12:-8])
    content = data[-44 - length : -44]
    check(sha256(content).digest() == data[-44:-12], "the index differs from its hash")
    magic, size = struct.unpack("<II", data[-52 - length : -44 - length])
    check(magic == 0x184D2A5C and size == length + 44, "the index is no skippable frame")
    return run(["zstd", "-dcq"], data), parse(content), data[: -52 - length]


def check_index(index, data, text, pieces, metadata):
    check(index["index"] == 1, "the index has another version")
    at = text_at = 0
    check(len(index["frames"]) == len(pieces), "there are not as many frames as pieces")
    for frame, piece in zip(index["frames"], pieces):
        check(frame[:1] == [at] and frame[2:4] == [text_at, len(piece)], "a frame lies elsewhere")
        compressed = data[at : at + frame[1]]
        check(sha256(compressed).hexdigest() == frame[4], "a frame differs from its hash")
        check(run(["zstd", "-dcq"], compressed) == piece, "a frame holds another piece")
        at += frame[1]
        text_at += frame[3]
    check(at == len(data) and text_at == len(text), "the frames are not the whole file")
    if "index" in metadata["hashes"]:
        entry = '[%s,%s,%s,%s,"%s"]'
        entries = ",".join(entry % tuple(frame) for frame in index["frames"][:-2])
        signed = sha256(entries.encode()).hexdigest()
        check(signed == metadata["hashes"]["index"], "the index differs from the signed one")


def signed(text):
    """The bytes of the metadata, where its line begins, and the signature."""
    check(text.endswith(b"\n}\n"), "the document does not end as one")
    signature_at = text.rindex(b'\n"signature":') + 1
    metadata_at = text.rindex(b'\n"metadata":') + 1
    line = text[metadata_at:signature_at]
    check(line.endswith(b"},\n"), "the metadata is not one line")
    signature = parse(text[signature_at + len(b'"signature":') : -3])
    return line[len(b'"metadata":') : -2], metadata_at, signature_at, signature


def check_signature(message, signature):
    check(signature["algorithm"] == "Ed25519", "the signature is of another kind")
    raw = unbase64(signature["publicKey"])
    der = bytes.fromhex("302a300506032b6570032100") + raw
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as folder:
        names = {"pem": pem, "bin": unbase64(signature["value"]), "json": message}
        for name, content in names.items():
            with open(folder + "/signature." + name, "wb") as file:
                file.write(content)
        run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin"]
            + ["-inkey", folder + "/signature.pem", "-in", folder + "/signature.json"]
            + ["-sigfile", folder + "/signature.bin"],
            b"",
        )


def stored_columns(table):
    return [c for c in table["columns"] if c.get("generation") not in ("STORED", "VIRTUAL")]


def check_row(table, line):
    row = parse(line)
    columns = stored_columns(table)
    keys = [column.get("key", column["name"]) for column in columns]
    sealed = [k for c, k in zip(columns, keys) if c.get("sealed") and row.get(k) is not None]
    if sealed:
        keys.append(table["fingerprint"])
        check(len(row[table["fingerprint"]]) == 8, "a fingerprint has another length")
    check(list(row) == keys, "a row has other members than the schema says")
    check(all(row[key] == "[ENCRYPTED]" for key in sealed), "a secret stands in the clear")
    for column, key in zip(columns, keys):
        value = row[key]
        if value is not None and column["kind"] == "BOOLEAN":
            check(isinstance(value, bool), "a boolean is something else")
        if value is not None and column["kind"] == "TEXT":
            check(isinstance(value, str), "a text is something else")
    return row


def check_sealed(line, rows, table, opened):
    columns = [column for column in stored_columns(table) if column.get("sealed")]
    frame = run(["age", "-d", "-i", opened], unbase64(line["age"]))
    content = run(["zstd", "-dcq"], frame)
    check(content.endswith(b"\n"), "the last line of sealed values does not end")
    values = [parse(one) for one in content[:-1].split(b"\n")]
    check(len(values) == line["rows"] == len(rows), "sealed values are of another number of rows")
    for row, secrets in zip(rows, values):
        check(len(secrets) == len(columns), "a row has another number of sealed values")
        for column, secret in zip(columns, secrets):
            shown = row[column.get("key", column["name"])]
            check((shown is None) == (secret is None), "a sealed value and its row disagree")


def check_document(text, identity):
    """Checks the text; answers the pieces it is made of."""
    message, metadata_at, signature_at, signature = signed(text)
    metadata = parse(message)
    check_signature(message, signature)
    hashes = metadata["hashes"]
    header_text = text[: hashes["header"]["bytes"]]
    check(sha256(header_text).hexdigest() == hashes["header"]["sha256"], "the header's hash")
    end = b',\n"tables":{\n'
    check(header_text.startswith(b'{\n"timestamp":') and header_text.endswith(end), "the header")
    header = parse(header_text[: -len(end)] + b"}")
    check(header["version"].split(".")[0] == "4", "the version")
    check(metadata["jsonBytes"] == metadata_at, "jsonBytes")
    size = "%.2fMB" % (metadata_at / 2**20)
    check(abs(float(metadata["backupSize"][:-2]) - float(size[:-2])) < 0.011, "backupSize")

    tables = {table["name"]: table for table in header["schema"]["tables"]}
    check(len(tables) == len(header["schema"]["tables"]), "a table's name stands twice")
    pieces = [header_text]
    expected = bytearray(header_text)
    rows_of = {}
    remaining = list(enumerate(hashes["chunks"]))

    def between(layout):
        expected.extend(layout)
        pieces.append(bytes(layout))

    def chunk(entry):
        check(entry["at"] == len(expected), "a chunk begins elsewhere")
        content = text[entry["at"] : entry["at"] + entry["bytes"]]
        lines = content.split(b",\n")
        check(len(lines) == entry["rows"], "a chunk has another number of rows")
        digest = sha256(b"".join(sha256(line).digest() for line in lines)).hexdigest()
        check(digest == entry["sha256"], "a chunk differs from its hash")
        expected.extend(content)
        pieces.append(content)
        return lines

    layout = b""
    first = True
    for name, table in tables.items():
        layout += b"" if first else b"],\n"
        layout += json.dumps(name, ensure_ascii=False).encode() + b":[\n"
        first = False
        total = count = 0
        any_rows = False
        while remaining and remaining[0][1].get("table") == name:
            place, entry = remaining.pop(0)
            between(b",\n" if any_rows else layout)
            any_rows = True
            lines = chunk(entry)
            rows_of[place] = (name, [check_row(table, line) for line in lines])
            count += len(lines)
            total += sum(int.from_bytes(sha256(line).digest(), "big") for line in lines)
        layout = b"\n" if any_rows else layout
        check(metadata["tables"][name] == count, "the count of " + name)
        check(metadata["dataIntegrityHashes"][name] == "%064x" % (total % 2**256), "hash of " + name)
    check(set(metadata["tables"]) == set(tables), "other tables are counted")
    check(set(metadata["dataIntegrityHashes"]) == set(tables), "other tables are hashed")
    check(sum(metadata["tables"].values()) == metadata["totalRecords"], "totalRecords")

    layout += b"" if first else b"]\n"
    layout += b'},\n"sealed":[\n'
    wanted = [p for p, (n, _) in rows_of.items() if any(c.get("sealed") for c in tables[n]["columns"])]
    with tempfile.NamedTemporaryFile() as opened:
        if "sealing" in header and identity:
            wrapped = unbase64(header["sealing"]["wrappedIdentity"])
            opened.write(run(["age", "-d", "-i", identity], wrapped))
            opened.flush()
        any_lines = False
        while remaining:
            _, entry = remaining.pop(0)
            check("sealed" in entry, "a chunk belongs to no table")
            between(b",\n" if any_lines else layout)
            any_lines = True
            (line,) = [parse(one) for one in chunk(entry)]
            check(wanted and line["chunk"] == wanted.pop(0), "sealed values are of other rows")
            name, rows = rows_of[line["chunk"]]
            check(line["table"] == entry["sealed"] == name, "sealed values are of another table")
            if identity:
                check_sealed(line, rows, tables[name], opened.name)
    check(not wanted, "sealed values are missing")
    between((b"\n" if any_lines else layout) + b"],\n")
    pieces.append(text[metadata_at:signature_at])
    pieces.append(text[signature_at:])
    check(text[:metadata_at] == expected, "the text between chunks is not the layout")
    return pieces


def main(path, identity=None):
    text, index, data = stored(path, identity)
    pieces = check_document(text, identity)
    if index is not None:
        check_index(index, data, text, pieces, parse(signed(text)[0]))
    print(json.dumps({"agrees": True, "pieces": len(pieces)}))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Disagrees as disagrees:
        sys.exit("disagrees: %s" % disagrees)
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as broken:
        sys.exit("disagrees: %s" % type(broken).__name__)
