# A receiver of webhooks. PowerShell 7. $env:WEBHOOK_SECRET = 'whsec_…'; pwsh verify.ps1
$secret = $env:WEBHOOK_SECRET
$tolerance = 300 # seconds

function Get-Hmac([byte[]] $key, [byte[]] $signed) {
    , [System.Security.Cryptography.HMACSHA256]::HashData($key, $signed)
}

function Test-Equal([string] $a, [string] $b) {
    [System.Security.Cryptography.CryptographicOperations]::FixedTimeEquals([Text.Encoding]::UTF8.GetBytes($a), [Text.Encoding]::UTF8.GetBytes($b))
}

function Test-Webhook($headers, [byte[]] $body) {
    $timestamp = [string] $headers['webhook-timestamp']
    $seconds = 0L
    if (-not [long]::TryParse($timestamp, [ref] $seconds)) { return $false }
    if ([Math]::Abs([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - $seconds) -gt $tolerance) { return $false } # too old: perhaps somebody repeats it
    $key = [Convert]::FromBase64String($secret.Substring('whsec_'.Length))
    $signed = [Text.Encoding]::UTF8.GetBytes("$($headers['webhook-id']).$timestamp.") + $body
    $expected = 'v1,' + [Convert]::ToBase64String((Get-Hmac $key $signed))
    $standard = @(([string] $headers['webhook-signature']).Split(' ') | Where-Object { Test-Equal $_ $expected }).Count -gt 0
    $dojo = 'sha256=' + [BitConverter]::ToString((Get-Hmac ([Text.Encoding]::UTF8.GetBytes($secret)) $body))
    $standard -and (Test-Equal ([string] $headers['dojo-signature']) $dojo)
}

$listener = [System.Net.HttpListener]::new()
$listener.Prefixes.Add("http://localhost:$($env:PORT ?? 3000)/")
$listener.Start()
while ($true) {
    $context = $listener.GetContext()
    $body = [System.IO.MemoryStream]::new()
    $context.Request.InputStream.CopyTo($body) # the bytes as they came, not parsed
    $context.Response.StatusCode = (Test-Webhook $context.Request.Headers $body.ToArray()) ? 204 : 401
    $context.Response.Close()
}
