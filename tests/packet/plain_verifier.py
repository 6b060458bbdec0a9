"""A second verifier of packets, written from docs/packet-format.md alone: plain Python, no code of gatekeeper's.

python plain_verifier.py PACKET     prints the packet's digest and exits 0, or says why not and exits 1
"""

import hashlib
import io
import json
import re
import sys
import zipfile

UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f%\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[ .]+(?=/|$)')


def need(condition, why):
    if not condition:
        raise ValueError(why)


def number(digits):
    need(re.fullmatch("-?[0-9]{1,16}", digits) and abs(int(digits)) < 2**53, "a number is no integer below 2**53")
    return int(digits)


def parse(raw):
    """RFC 8785 for what packets hold: names sort by UTF-16, and integers are the only numbers."""
    kinds = {"parse_int": number, "parse_float": number, "parse_constant": number}
    by_name = {"key": lambda pair: pair[0].encode("utf-16-be")}
    value = json.loads(raw, object_pairs_hook=lambda pairs: dict(sorted(pairs, **by_name)), **kinds)
    need(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() == raw, "JSON is not canonical")
    return value


def written_again(members):
    """The archive that these members make."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, data)
    return made.getvalue()


def statements_of(manifest, raw):
    """What follows from the manifest, by name."""
    subject = [{"name": "manifest.json", "digest": {"sha256": hashlib.sha256(raw).hexdigest()}}]
    subject += [{"name": file["member"], "digest": {"sha256": file["sha256"]}} for file in manifest["files"]]
    head = {"_type": "https://in-toto.io/Statement/v1", "subject": subject}
    told = {name: manifest[name] for name in ("tool", "day", "repository", "policy", "gates")}
    found = {"statement.json": {**head, "predicateType": "urn:gatekeeper:gate-verdicts:v1", "predicate": told}}
    gates, law = manifest["gates"], {"policy": {"digest": {"sha256": manifest["policy"]["sha256"]}}}
    if manifest["version"] == 2 and gates and all(gate["state"] == "met" for gate in gates):
        verifier = {"id": "urn:gatekeeper:verifier:" + manifest["tool"]["version"]}
        verifier |= law if manifest["policy"]["sha256"] else {}
        met = ["GATEKEEPER_GATE_MET:" + gate["name"] for gate in gates]
        told = {"verifier": verifier, "timeCreated": manifest["day"] + "T00:00:00Z", "properties": met}
        found["svr.json"] = {**head, "predicateType": "https://in-toto.io/attestation/svr/v0.1", "predicate": told}
    return found


def verify(packet):
    """The digest of the manifest of a packet that holds; ValueError says what does not."""
    with zipfile.ZipFile(io.BytesIO(packet)) as archive:
        need(all(info.compress_type == 0 for info in archive.infolist()), "a member is compressed")
        names = archive.namelist()
        members = {name: archive.read(name) for name in names}
    need(len(members) == len(names) and written_again(members) == packet, "the archive is not written in the one way")
    manifest = parse(raw := members["manifest.json"])
    need(manifest["format"] == "gatekeeper-packet" and str(manifest["version"]) in ("1", "2"), "the format is unknown")
    files, pages = manifest["files"], manifest["pages"]
    payload = [(file["member"], file) for file in files if file["embedded"]] + [(page["name"], page) for page in pages]
    statements = statements_of(manifest, raw)
    signatures = sorted({"manifest.json.sig", "statement.dsse.json"} & set(names))
    seals = ["manifest.json", *statements, *signatures, "SHA256SUMS"]
    need(names == [name for name, _ in payload] + seals, "members are missing, extra or out of order")
    for name, entry in payload:
        digest = hashlib.sha256(members[name]).hexdigest()
        need(len(members[name]) == entry["size"] and digest == entry["sha256"], f"{name}: other bytes")
    need([file["path"] for file in files] == sorted({file["path"] for file in files}), "files are out of order")
    for file in files:
        name = UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), file["path"])
        need(file["member"] == "evidence/" + name, "a member's name does not follow from its path")
        need(not {"", ".", ".."} & set(file["path"].split("/")), "a path leaves the packet")
        if file["embedded"] and not file["redactions"] and file["blob"]:
            algorithm, data = hashlib.sha1 if len(file["blob"]) == 40 else hashlib.sha256, members[file["member"]]
            need(algorithm(b"blob %d\0" % len(data) + data).hexdigest() == file["blob"], "git's id differs")
    for name, statement in statements.items():
        need(parse(members[name]) == statement, f"{name} does not follow from the manifest")
    sums = "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in names[:-1])
    need(members["SHA256SUMS"] == sums.encode(), "SHA256SUMS differs")
    return hashlib.sha256(raw).hexdigest()


if __name__ == "__main__":
    try:
        print(verify(open(sys.argv[1], "rb").read()))  # noqa: PTH123, SIM115
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, NotImplementedError) as error:
        sys.exit(f"refused: {error}")
