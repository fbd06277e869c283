#!/usr/bin/env python3
"""Checks an exported record with nothing of the project's: written from RFC 6962, RFC 8785 and docs/compliance/record-format.md.

    python3 third_party_verifier.py FOLDER TRUST_ANCHOR.pem [PROOFS.json]

Needs Python 3 and the openssl command (3.0 or later). Prints what it checked and exits 0, or names the first fault and exits 1.
PROOFS.json: RFC 6962 proofs that somebody else made of the record's tree, to be checked against its signed root.
"""
import base64, hashlib, json, pathlib, subprocess, sys, tempfile


class Fault(Exception):
    pass


def check(holds, fault):
    if not holds:
        raise Fault(fault)


# --- RFC 8785: canonical JSON. Numbers keep the text that they have in the file, which is canonical already.
class Number(str):
    pass


def read(text):
    return json.loads(text, parse_int=Number, parse_float=Number)


def canonical(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    return json.dumps(value, ensure_ascii=False)


# --- RFC 6962, section 2.1: hashes, and the Merkle Tree Hash by its definition.
def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_hash(data):
    return sha256(b"\x00", data)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def split(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


def tree_hash(leaves):
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256()
    k = split(len(leaves))
    return node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def path_root(m, n, leaf, path):
    """The root that an audit path (2.1.1) leads to: PATH(m, D[n]) taken apart from its end, where the root's child stands."""
    if n == 1:
        check(not path, "an audit path that is too long")
        return leaf
    check(path, "an audit path that is too short")
    k, rest, sibling = split(n), path[:-1], path[-1]
    if m < k:
        return node_hash(path_root(m, k, leaf, rest), sibling)
    return node_hash(sibling, path_root(m - k, n - k, leaf, rest))


def proof_roots(m, n, old_root, proof, whole=True):
    """Both roots that a consistency proof (2.1.2) leads to: SUBPROOF(m, D[n], whole) taken apart from its end."""
    if m == n:
        if whole:
            check(not proof, "a consistency proof that is too long")
            return old_root, old_root
        check(len(proof) == 1, "a consistency proof of the wrong length")
        return proof[0], proof[0]
    check(proof, "a consistency proof that is too short")
    k, rest, other = split(n), proof[:-1], proof[-1]
    if m <= k:
        old, new = proof_roots(m, k, old_root, rest, whole)
        return old, node_hash(new, other)
    old, new = proof_roots(m - k, n - k, old_root, rest, False)
    return node_hash(other, old), node_hash(other, new)


# --- Signatures, by openssl.
def verify(public_key, message, signature, what):
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, name) for name in ("key.pem", "message", "signature")]
        for file, content in zip(files, (public_key, message, signature)):
            file.write_bytes(content)
        key, text, sig = map(str, files)
        shown = subprocess.run(["openssl", "pkey", "-pubin", "-in", key, "-noout", "-text"], capture_output=True)
        command = (
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", text, "-sigfile", sig]
            if b"ED25519" in shown.stdout.upper()
            else ["openssl", "dgst", "-sha256", "-verify", key, "-signature", sig, text]
        )
        check(subprocess.run(command, capture_output=True).returncode == 0, f"{what}: the signature does not verify")


def pem(spki):
    return b"-----BEGIN PUBLIC KEY-----\n" + spki.encode() + b"\n-----END PUBLIC KEY-----\n"


def signed(document, anchor, what):
    statement, certificate = document["statement"], document["certificate"]
    key = certificate["statement"]
    message = canonical(key).encode()
    verify(anchor, message, base64.b64decode(certificate["signature"]), f"{what}, worker's key")
    check(key["tenant"] == statement["tenant"], f"{what}: signed by another tenant's worker")
    check(key["notBefore"] <= statement["at"] <= key["notAfter"], f"{what}: the worker's key was not valid")
    signature = base64.b64decode(document["signature"])
    verify(pem(key["publicKey"]), canonical(statement).encode(), signature, what)
    return statement


# --- The record.
def entries_of(folder):
    """Chain and canonical form of entries.jsonl; the leaf of an entry is its line without the line feed."""
    lines = (folder / "entries.jsonl").read_bytes().split(b"\n")
    check(lines.pop() == b"", "entries.jsonl: does not end with a line feed")
    previous, headers, leaves = "0" * 64, [], []
    for number, line in enumerate(lines):
        header = read(line)
        check(canonical(header).encode() == line, f"entry {number}: not in canonical form")
        check(header["seq"] == str(number), f"entry {number}: numbered {header['seq']}")
        check(header["previous"] == previous, f"entry {number}: does not follow the entry before it")
        check(header["callId"] == (headers or [header])[0]["callId"], f"entry {number}: of another call")
        headers.append(header)
        leaves.append(leaf_hash(line))
        previous = leaves[-1].hex()
    return headers, leaves


def redact(value, salt, path=""):
    if isinstance(value, list):
        return [redact(item, salt, f"{path}/{index}") for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    result = {}
    for name, member in value.items():
        at = f"{path}/{name}"
        if name.startswith("pii"):
            digest = sha256(salt, at.encode(), b"\x00", canonical(member).encode()).hex()
            result[name] = {"redacted": digest}
        else:
            result[name] = redact(member, salt, at)
    return result


def check_payloads(folder, headers):
    """Opened payloads, whole or redacted, against what the entries commit to. Sealed, withheld and erased ones prove nothing and need not."""
    file = folder / "payloads.jsonl"
    lines = [read(line) for line in file.read_text("utf-8").split("\n") if line] if file.exists() else []
    opened = [line for line in lines if "payload" in line]
    for line in opened:
        seen = redact(line["payload"], bytes.fromhex(line["inner"])) if "inner" in line else line["payload"]
        commitment = sha256(bytes.fromhex(line["outer"]), canonical(seen).encode()).hex()
        seq = int(line["seq"])
        check(headers[seq]["commitment"] == commitment, f"entry {seq}: the payload is not the one committed to")
    return len(opened)


def check_objects(folder, statement):
    left_out = [name for file in ("withheld.json", "erasure.json") if (folder / file).exists()
                for name in read((folder / file).read_text())["objects"]]
    for item in statement["objects"]:
        file = folder / item["name"]
        if not file.exists():
            check(item["name"] in left_out, f"{item['name']}: is missing")
        else:
            check(sha256(file.read_bytes()).hex() == item["sha256"], f"{item['name']}: is not what was sealed")


def check_checkpoints(folder, anchor, call_id, leaves):
    file = folder / "checkpoints.jsonl"
    lines = [line for line in file.read_text("utf-8").split("\n") if line] if file.exists() else []
    for number, line in enumerate(lines):
        point = read(line)
        what = f"checkpoint {number}"
        statement, sighting = signed(point, anchor, what), point["sighting"]
        path = [bytes.fromhex(item) for item in point["proof"]]
        leaf = leaf_hash(canonical(sighting).encode())
        root = path_root(int(point["index"]), int(statement["size"]), leaf, path)
        check(root.hex() == statement["root"], f"{what}: does not hold its sighting")
        check(sighting["callId"] == call_id, f"{what}: of another call")
        check(int(sighting["size"]) <= len(leaves), f"{what}: the log was cut off")
        seen = tree_hash(leaves[: int(sighting["size"])])
        check(seen.hex() == sighting["root"], f"{what}: saw other entries")
    return len(lines)


def check_proofs(file, leaves):
    proofs = json.loads(pathlib.Path(file).read_text())
    root, size = tree_hash(leaves), len(leaves)
    for proof in proofs["inclusion"]:
        path = [bytes.fromhex(item) for item in proof["path"]]
        found = path_root(proof["index"], size, leaves[proof["index"]], path)
        check(found == root, f"inclusion of entry {proof['index']}: leads elsewhere")
    for proof in proofs["consistency"]:
        old_root = bytes.fromhex(proof["root"])
        path = [bytes.fromhex(item) for item in proof["path"]]
        old, new = proof_roots(proof["size"], size, old_root, path)
        check((old, new) == (old_root, root), f"consistency with {proof['size']} entries: leads elsewhere")
    return f", {len(proofs['inclusion'])} inclusion and {len(proofs['consistency'])} consistency proofs"


def main(folder, anchor_file, proofs_file=None):
    folder, anchor = pathlib.Path(folder), pathlib.Path(anchor_file).read_bytes()
    headers, leaves = entries_of(folder)
    check((folder / "root.json").exists(), "incomplete: there is no signed end")
    document = read((folder / "root.json").read_text("utf-8"))
    statement = signed(document, anchor, "root.json")
    check(statement["callId"] == headers[0]["callId"], "root.json: of another call")
    check(int(statement["size"]) == len(leaves), f"root.json: signed for {statement['size']} entries, here are {len(leaves)}")
    check(statement["head"] == leaves[-1].hex(), "root.json: the last entry is another")
    check(statement["root"] == tree_hash(leaves).hex(), "root.json: the entries have another root")
    payloads = check_payloads(folder, headers)
    check_objects(folder, statement)
    points = check_checkpoints(folder, anchor, statement["callId"], leaves)
    proofs = check_proofs(proofs_file, leaves) if proofs_file else ""
    print(f"{statement['callId']}: {len(leaves)} entries, {payloads} payloads, {points} checkpoints{proofs}: all sound")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Fault as fault:
        sys.exit(f"not sound: {fault}")
