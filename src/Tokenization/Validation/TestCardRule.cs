namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Which card numbers an environment accepts (DESIGN D7; PCI DSS 6.5.5 and 6.5.6).</summary>
public enum TestCardRule
{
    /// <summary>Production: any number except the published test cards.</summary>
    Refused,

    /// <summary>Sandbox: only the published test cards.</summary>
    Required,
}
