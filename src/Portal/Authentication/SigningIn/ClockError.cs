using System.Globalization;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>The error of the clock that made a code: the code is right, but for another time, and so it is not accepted.</summary>
/// <param name="Offset">How far that clock is off; positive if it is ahead of ours.</param>
/// <param name="Now">Our time.</param>
internal readonly record struct ClockError(TimeSpan Offset, DateTimeOffset Now)
{
    /// <summary>What the member can do about it.</summary>
    public string Advice
    {
        get
        {
            var off = Offset.Duration();
            var amount = off < TimeSpan.FromMinutes(1) ? $"{off.TotalSeconds:0} seconds" : off < TimeSpan.FromMinutes(1.5) ? "a minute" : $"{Math.Round(off.TotalMinutes):0} minutes";
            var time = Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return $"The code is right, but not for this time: the clock that made it is about {amount} {(Offset > TimeSpan.Zero ? "fast" : "slow")}. " +
                $"The server's time is {time} UTC. Let your device set its clock automatically, and use the next code.";
        }
    }
}
