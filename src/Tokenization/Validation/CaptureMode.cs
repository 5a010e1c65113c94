namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Whether a charge captures the amount at once. Stored and sent by name.</summary>
public enum CaptureMode
{
    /// <summary>A charge authorizes and captures the amount at once.</summary>
    Auto,

    /// <summary>A charge only authorizes the amount, to be captured later.</summary>
    Manual,
}

/// <summary>What happens to an authorized amount that is not captured in time. Stored and sent by name.</summary>
public enum AutoExpireAction
{
    /// <summary>The authorization is reversed.</summary>
    Release,

    /// <summary>The authorized amount is captured.</summary>
    Capture,
}
