// A receiver of webhooks. Go 1.21 or later, standard library. WEBHOOK_SECRET=whsec_… go run verify.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const tolerance = 300 // seconds

var secret = os.Getenv("WEBHOOK_SECRET")

func sum(key []byte, signed []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(signed)
	return mac.Sum(nil)
}

func dojoSignature(body []byte) string {
	return "sha256=" + strings.ReplaceAll(fmt.Sprintf("% X", sum([]byte(secret), body)), " ", "-")
}

func standardSignature(id, timestamp string, body []byte) string {
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	return "v1," + base64.StdEncoding.EncodeToString(sum(key, append([]byte(id+"."+timestamp+"."), body...)))
}

func isVerified(header http.Header, body []byte) bool {
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-seconds)) > tolerance {
		return false // too old: perhaps somebody repeats it
	}
	expected, signed := standardSignature(header.Get("webhook-id"), timestamp, body), false
	for _, sent := range strings.Fields(header.Get("webhook-signature")) {
		signed = signed || hmac.Equal([]byte(sent), []byte(expected))
	}
	return signed && hmac.Equal([]byte(header.Get("dojo-signature")), []byte(dojoSignature(body)))
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // the bytes as they came, not parsed
		if isVerified(r.Header, body) {
			w.WriteHeader(http.StatusNoContent)
		} else {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})))
}
