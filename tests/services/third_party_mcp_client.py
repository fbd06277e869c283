#!/usr/bin/env python3
"""An MCP client with nothing of the project's and no SDK: written from the specification (2025-06-18, Streamable HTTP). Standard library only.

    python3 third_party_mcp_client.py URL TOKEN < STEPS

STEPS is a JSON list of [method, params]. Prints a JSON list of what each gave: {"result": …} or {"error": …}, after a handshake.
"""
import json, sys, urllib.error, urllib.request

VERSION = "2025-06-18"


class Client:
    def __init__(self, url, token):
        self.url, self.token, self.version, self.session, self.sent = url, token, None, None, 0

    def post(self, message):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }
        if self.version:
            headers["MCP-Protocol-Version"] = self.version
        if self.session:
            headers["Mcp-Session-Id"] = self.session
        request = urllib.request.Request(self.url, json.dumps(message).encode(), headers)
        with urllib.request.urlopen(request, timeout=20) as response:
            self.session = response.headers.get("Mcp-Session-Id", self.session)
            kind = response.headers.get("Content-Type", "").split(";")[0]
            return response.status, kind, response.read().decode()

    def request(self, method, params):
        self.sent += 1
        status, kind, text = self.post({"jsonrpc": "2.0", "id": self.sent, "method": method, "params": params})
        assert status == 200, f"{method}: status {status}"
        if kind == "text/event-stream":
            data = [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]
            answers = [one for one in map(json.loads, data) if one.get("id") == self.sent]
            assert len(answers) == 1, f"{method}: {len(answers)} answers"
            answer = answers[0]
        else:
            assert kind == "application/json", f"{method}: content type {kind}"
            answer = json.loads(text)
        assert answer["jsonrpc"] == "2.0" and answer["id"] == self.sent, f"{method}: not the answer to it"
        assert ("result" in answer) != ("error" in answer), f"{method}: a result or an error, and not both"
        return {key: answer[key] for key in ("result", "error") if key in answer}

    def open(self):
        capabilities = {"protocolVersion": VERSION, "capabilities": {}}
        result = self.request("initialize", {**capabilities, "clientInfo": {"name": "third party", "version": "1"}})["result"]
        self.version = result["protocolVersion"]
        assert {"tools", "resources"} <= result["capabilities"].keys(), "tools and resources are announced"
        assert result["serverInfo"]["name"] and result["serverInfo"]["version"], "the server says who it is"
        status, _, _ = self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})
        assert status == 202, f"a notification is accepted with 202, not {status}"


def main():
    client = Client(*sys.argv[1:3])
    try:
        client.open()
        answers = [client.request(method, params) for method, params in json.load(sys.stdin)]
    except urllib.error.HTTPError as error:
        answers = {"status": error.code, "challenge": error.headers.get("WWW-Authenticate")}
    json.dump(answers, sys.stdout)


main()
