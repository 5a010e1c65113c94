namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Which card numbers an environment takes (DESIGN D7; PCI DSS 6.5.5 and 6.5.6).</summary>
public enum TestCardRule
{
    /// <summary>Production: any number but the published test cards.</summary>
    Refused,

    /// <summary>Sandbox: the published test cards and no other number.</summary>
    Required,
}
