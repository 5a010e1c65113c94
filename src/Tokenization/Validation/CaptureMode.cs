namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Whether a charge takes the money at once. Stored and sent by name.</summary>
public enum CaptureMode
{
    /// <summary>It does.</summary>
    Auto,

    /// <summary>It has the money promised, to be captured later.</summary>
    Manual,
}

/// <summary>What becomes of promised money that was not captured in time. Stored and sent by name.</summary>
public enum AutoExpireAction
{
    /// <summary>It is let go.</summary>
    Release,

    /// <summary>It is taken.</summary>
    Capture,
}
