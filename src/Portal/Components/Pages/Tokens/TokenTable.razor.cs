using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>A table of tokens.</summary>
public sealed partial class TokenTable
{
    /// <summary>The tokens.</summary>
    [Parameter, EditorRequired]
    public required TokenListState List { get; set; }

    /// <summary>The filters, and the order.</summary>
    [Parameter, EditorRequired]
    public required TokenQuery Query { get; set; }

    /// <summary>Raised when the reader chooses another order.</summary>
    [Parameter]
    public EventCallback<TokenSort> OnSort { get; set; }

    /// <inheritdoc />
    protected override IReadOnlyList<TokenRow> Rows => List.Rows;

    /// <inheritdoc />
    protected override bool HasMore => List.After is not null;

    private void Open(TokenRow row) => Navigation.NavigateTo(PortalUrls.Token(Selected, row.Id));
}
