namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A member may not take any more of the tokens that he is taking along: what he has is not the whole list.</summary>
public sealed class ExportStoppedException : Exception
{
    /// <summary>With the reason in words that may be shown to the member.</summary>
    public ExportStoppedException(string message)
        : base(message)
    {
    }
}
