<?php
// A receiver of webhooks. PHP 8. WEBHOOK_SECRET=whsec_… php -S 127.0.0.1:3000 verify.php
const TOLERANCE = 300; // seconds

function dojoSignature(string $secret, string $body): string
{
    return 'sha256=' . implode('-', str_split(strtoupper(hash_hmac('sha256', $body, $secret)), 2));
}

function standardSignature(string $secret, string $id, string $timestamp, string $body): string
{
    $key = base64_decode(substr($secret, strlen('whsec_')));
    return 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
}

function isVerified(string $secret, array $server, string $body): bool
{
    $timestamp = $server['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE) {
        return false; // too old: perhaps somebody repeats it
    }
    $expected = standardSignature($secret, $server['HTTP_WEBHOOK_ID'] ?? '', $timestamp, $body);
    $signed = false;
    foreach (explode(' ', $server['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $sent) {
        $signed = $signed || hash_equals($expected, $sent);
    }
    return $signed && hash_equals(dojoSignature($secret, $body), $server['HTTP_DOJO_SIGNATURE'] ?? '');
}

$body = file_get_contents('php://input'); // the bytes as they came, not parsed
http_response_code(isVerified(getenv('WEBHOOK_SECRET'), $_SERVER, $body) ? 204 : 401);
