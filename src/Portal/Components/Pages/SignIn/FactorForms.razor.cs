using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The two ways to set up a second factor. The page around it has the fields that the forms fill.</summary>
public sealed partial class FactorForms
{
    private const int PixelsPerModule = 4;
    private string _key = "";
    private string _qrCode = "";

    /// <summary>The seed of the app.</summary>
    [Parameter, EditorRequired]
    public required byte[] Seed { get; set; }

    /// <summary>Whose, as the app shows it.</summary>
    [Parameter, EditorRequired]
    public required string Email { get; set; }

    /// <summary>What the browser needs to make a passkey; null where passkeys do not work.</summary>
    [Parameter]
    public string? PasskeyOptions { get; set; }

    /// <summary>A code was sent.</summary>
    [Parameter]
    public EventCallback OnCode { get; set; }

    /// <summary>A passkey was made.</summary>
    [Parameter]
    public EventCallback OnPasskey { get; set; }

    // In fours, as it is read out and typed.
    private string Grouped => string.Join(' ', _key.Chunk(4).Select(four => new string(four)));

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _key = Totp.Spell(Seed);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(Totp.UriOf(Seed, Email), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        _qrCode = $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(PixelsPerModule))}";
    }
}

/// <summary>What a form of <see cref="FactorForms"/> sends; one of them.</summary>
internal sealed class NewFactorInput
{
    /// <summary>The code of the app.</summary>
    public string? Code { get; set; }

    /// <summary>The passkey that was made, as JSON.</summary>
    public string? Credential { get; set; }
}
