// Verifies webhooks. Swift 5.9 or later, with CryptoKit (on Linux: import Crypto, of apple/swift-crypto).
import CryptoKit
import Foundation

struct WebhookVerifier {
    let secret: String
    let tolerance: TimeInterval = 300

    /// Give it the body's bytes as they came, not parsed, and the headers by their names in lower case.
    func isVerified(headers: [String: String], body: Data, now: Date = Date()) -> Bool {
        guard let id = headers["webhook-id"], let timestamp = headers["webhook-timestamp"], let seconds = TimeInterval(timestamp),
              abs(now.timeIntervalSince1970 - seconds) <= tolerance,  // else too old: perhaps somebody repeats it
              let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count)))
        else { return false }

        let signed = Data("\(id).\(timestamp).".utf8) + body
        let standard = (headers["webhook-signature"] ?? "").split(separator: " ").contains { sent in
            guard sent.hasPrefix("v1,"), let code = Data(base64Encoded: String(sent.dropFirst(3))) else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: SymmetricKey(data: key))
        }

        let pairs = (headers["dojo-signature"] ?? "").dropFirst("sha256=".count).split(separator: "-")
        let dojo = HMAC<SHA256>.isValidAuthenticationCode(
            Data(pairs.compactMap { UInt8($0, radix: 16) }), authenticating: body, using: SymmetricKey(data: Data(secret.utf8)))
        return standard && dojo
    }
}
