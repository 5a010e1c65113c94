// A receiver of webhooks. Kotlin on Java 17 or later. kotlinc verify.kt -include-runtime -d verify.jar && WEBHOOK_SECRET=whsec_… java -jar verify.jar
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetSocketAddress
import java.security.MessageDigest
import java.time.Instant
import java.util.Base64
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.math.abs

val secret: String = System.getenv("WEBHOOK_SECRET")
const val TOLERANCE = 300L // seconds

fun hmac(key: ByteArray, signed: ByteArray): ByteArray =
    Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(key, "HmacSHA256")) }.doFinal(signed)

fun dojoSignature(body: ByteArray) =
    "sha256=" + HexFormat.ofDelimiter("-").withUpperCase().formatHex(hmac(secret.toByteArray(), body))

fun standardSignature(id: String, timestamp: String, body: ByteArray): String {
    val key = Base64.getDecoder().decode(secret.removePrefix("whsec_"))
    return "v1," + Base64.getEncoder().encodeToString(hmac(key, "$id.$timestamp.".toByteArray() + body))
}

fun areEqual(a: String, b: String) = MessageDigest.isEqual(a.toByteArray(), b.toByteArray())

fun isVerified(request: HttpExchange, body: ByteArray): Boolean {
    fun header(name: String) = request.requestHeaders.getFirst(name) ?: ""
    val timestamp = header("webhook-timestamp")
    val seconds = timestamp.toLongOrNull() ?: return false
    if (abs(Instant.now().epochSecond - seconds) > TOLERANCE) return false // too old: perhaps somebody repeats it
    val expected = standardSignature(header("webhook-id"), timestamp, body)
    return header("webhook-signature").split(" ").any { areEqual(it, expected) } &&
        areEqual(header("dojo-signature"), dojoSignature(body))
}

fun main() {
    val port = (System.getenv("PORT") ?: "3000").toInt()
    val server = HttpServer.create(InetSocketAddress("127.0.0.1", port), 0)
    server.createContext("/") { request ->
        val body = request.requestBody.readAllBytes() // the bytes as they came, not parsed
        request.sendResponseHeaders(if (isVerified(request, body)) 204 else 401, -1)
        request.close()
    }
    server.start()
}
