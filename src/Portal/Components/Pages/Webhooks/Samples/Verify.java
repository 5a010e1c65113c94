// A receiver of webhooks. Java 17 or later, nothing to install. WEBHOOK_SECRET=whsec_… java Verify.java
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Verify {
    private static final String SECRET = System.getenv("WEBHOOK_SECRET");
    private static final long TOLERANCE = 300; // seconds

    static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var part : parts) mac.update(part);
        return mac.doFinal();
    }

    static byte[] utf8(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    static String dojoSignature(byte[] body) throws Exception {
        return "sha256=" + HexFormat.ofDelimiter("-").withUpperCase().formatHex(hmac(utf8(SECRET), body));
    }

    static String standardSignature(String id, String timestamp, byte[] body) throws Exception {
        var key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, utf8(id + "." + timestamp + "."), body));
    }

    static boolean areEqual(String a, String b) { return MessageDigest.isEqual(utf8(a), utf8(b)); }

    static String header(HttpExchange request, String name) {
        var value = request.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    static boolean isVerified(HttpExchange request, byte[] body) throws Exception {
        var timestamp = header(request, "webhook-timestamp");
        if (!timestamp.matches("\\d{1,12}") || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE) {
            return false; // too old: perhaps somebody repeats it
        }
        var expected = standardSignature(header(request, "webhook-id"), timestamp, body);
        return Arrays.stream(header(request, "webhook-signature").split(" ")).anyMatch(sent -> areEqual(sent, expected))
            && areEqual(header(request, "dojo-signature"), dojoSignature(body));
    }

    public static void main(String[] args) throws Exception {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", request -> {
            var body = request.getRequestBody().readAllBytes(); // the bytes as they came, not parsed
            boolean verified;
            try { verified = isVerified(request, body); } catch (Exception fault) { verified = false; }
            request.sendResponseHeaders(verified ? 204 : 401, -1);
            request.close();
        });
        server.start();
    }
}
