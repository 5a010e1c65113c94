# A receiver of webhooks. Python 3, standard library. WEBHOOK_SECRET=whsec_… python3 verify.py
import base64, hashlib, hmac, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["WEBHOOK_SECRET"]
TOLERANCE = 300  # seconds

def dojo_signature(body):
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest().upper()
    return "sha256=" + "-".join(digest[i:i + 2] for i in range(0, len(digest), 2))

def standard_signature(id, timestamp, body):
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()

def is_verified(headers, body):
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False  # too old: perhaps somebody repeats it
    expected = standard_signature(headers.get("webhook-id", ""), timestamp, body)
    return (any(hmac.compare_digest(expected, sent) for sent in headers.get("webhook-signature", "").split(" "))
            and hmac.compare_digest(dojo_signature(body), headers.get("dojo-signature", "")))

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))  # the bytes as they came, not parsed
        self.send_response(204 if is_verified(self.headers, body) else 401)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Receiver).serve_forever()
