using System.Net.Security;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// The cipher suites of our own TLS endpoints: those of TLS 1.3, and of TLS 1.2 only those with forward secrecy and authenticated encryption
/// (RFC 9325, 4.2; PCI DSS 4.2.1). TLS 1.1 and older have none of these. Windows uses the machine's policy instead.
/// </summary>
internal static class TlsSuites
{
    private static readonly TlsCipherSuite[] s_suites =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    public static void Apply(HttpsConnectionAdapterOptions https)
    {
        if (OperatingSystem.IsLinux())
        {
            var policy = MakePolicy();
            https.OnAuthenticate = (_, ssl) => ssl.CipherSuitesPolicy = policy;
        }
    }

    [SupportedOSPlatform("linux")]
    private static CipherSuitesPolicy MakePolicy() => new(s_suites);
}
