using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// The retry schedule: twelve attempts over about a day. Each pause is 1.5 to 3 times the previous one, and up to a fifth shorter or longer at random, so
/// that deliveries that failed together are not retried together. A receiver may ask for a longer pause, of a day at most.
/// </summary>
internal static class WebhookSchedule
{
    /// <summary>How long every attempt has to fail before the subscription is disabled.</summary>
    public static readonly TimeSpan DisabledAfter = TimeSpan.FromDays(3);

    private const int Thousandths = 1000;
    private const int MostJitter = 200;

    private static readonly TimeSpan s_longestAsked = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(25),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(10),
    ];

    /// <summary>The number of attempts before a delivery is given up.</summary>
    public static int MostAttempts => s_pauses.Length + 1;

    /// <summary>Returns the pause after a failed attempt; null when it was the last.</summary>
    /// <param name="attempts">The number of attempts made, including this one.</param>
    /// <param name="asked">The pause that the receiver asked for; null when it asked for none.</param>
    public static TimeSpan? PauseAfter(int attempts, TimeSpan? asked)
    {
        if (attempts >= MostAttempts)
        {
            return null;
        }

        var pause = s_pauses[attempts - 1] * (Thousandths + RandomNumberGenerator.GetInt32(-MostJitter, MostJitter + 1)) / Thousandths;
        return asked > pause ? asked < s_longestAsked ? asked : s_longestAsked : pause;
    }
}
