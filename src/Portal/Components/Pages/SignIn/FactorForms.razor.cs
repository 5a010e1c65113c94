using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The forms of the two ways to set up a second factor. The page around them has the fields that they fill.</summary>
public sealed partial class FactorForms
{
    private const int PixelsPerModule = 4;
    private string _key = "";
    private string _qrCode = "";

    /// <summary>The seed of the authenticator app.</summary>
    [Parameter, EditorRequired]
    public required byte[] Seed { get; set; }

    /// <summary>The member's e-mail address, as the app shows it.</summary>
    [Parameter, EditorRequired]
    public required string Email { get; set; }

    /// <summary>The options that the browser needs to create a passkey; null if passkeys do not work.</summary>
    [Parameter]
    public string? PasskeyOptions { get; set; }

    /// <summary>Raised when a code is submitted.</summary>
    [Parameter]
    public EventCallback OnCode { get; set; }

    /// <summary>Raised when a passkey is created.</summary>
    [Parameter]
    public EventCallback OnPasskey { get; set; }

    // Groups of four, which are easy to read out and type.
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

/// <summary>What a form of <see cref="FactorForms"/> sends; one of the two fields is set.</summary>
internal sealed class NewFactorInput
{
    /// <summary>The code of the authenticator app.</summary>
    public string? Code { get; set; }

    /// <summary>The created passkey, as JSON.</summary>
    public string? Credential { get; set; }
}
