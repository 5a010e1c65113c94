# A receiver of webhooks. Ruby 3, standard library. WEBHOOK_SECRET=whsec_… ruby verify.rb
require "openssl"
require "socket"

SECRET = ENV.fetch("WEBHOOK_SECRET")
TOLERANCE = 300 # seconds

def dojo_signature(body)
  "sha256=" + OpenSSL::HMAC.hexdigest("SHA256", SECRET, body).upcase.scan(/../).join("-")
end

def standard_signature(id, timestamp, body)
  key = SECRET.delete_prefix("whsec_").unpack1("m")
  "v1," + [OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body)].pack("m0")
end

def verified?(headers, body)
  timestamp = headers["webhook-timestamp"].to_s
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE # too old: perhaps somebody repeats it

  expected = standard_signature(headers["webhook-id"], timestamp, body)
  headers["webhook-signature"].to_s.split(" ").any? { |sent| OpenSSL.secure_compare(sent, expected) } &&
    OpenSSL.secure_compare(headers["dojo-signature"].to_s, dojo_signature(body))
end

server = TCPServer.new("127.0.0.1", Integer(ENV.fetch("PORT", "3000")))
loop do
  Thread.new(server.accept) do |client|
    client.gets # the request line
    headers = {}
    while (line = client.gets.chomp) != ""
      name, value = line.split(": ", 2)
      headers[name.downcase] = value
    end
    body = client.read(headers["content-length"].to_i) # the bytes as they came, not parsed
    client.write("HTTP/1.1 #{verified?(headers, body) ? "204 No Content" : "401 Unauthorized"}\r\nConnection: close\r\n\r\n")
    client.close
  end
end
