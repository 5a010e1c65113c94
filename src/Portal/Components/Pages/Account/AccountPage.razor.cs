using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Account;

/// <summary>Shows and changes a member's own second factors, password and sessions. A plain page: none of it goes through a circuit.</summary>
public sealed partial class AccountPage
{
    private SignedInMember _who = null!;
    private Member _member = null!;
    private string _accountName = "";
    private IReadOnlyList<Passkey> _passkeys = [];
    private IReadOnlyList<MemberSession> _sessions = [];
    private int _recoveryCodes;
    private double _idleMinutes;
    private IReadOnlyList<FieldError> _faults = [];
    private IReadOnlyList<string>? _codes;
    private string? _error;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>What was just done: one of the page's own words, such as <c>password</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Done { get; set; }

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Provides the account's name.</summary>
    [Inject]
    public required IAccountStore Accounts { get; init; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal AccountService Service { get; init; } = null!;

    [Inject]
    internal MemberSessions Sessions { get; init; } = null!;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordInput Input { get; set; } = null!;

    private int FactorCount => _passkeys.Count + (_member.TotpSeed is null ? 0 : 1);

    private string? NoticeText => Done switch
    {
        "password" => "Your password has been changed. Your other sessions have ended.",
        "factor" => "Your second factors have been changed.",
        "session" => "The session has ended.",
        "zone" => "Your time zone has been saved.",
        _ => null,
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new PasswordInput();
        _who = await Current.FindAsync() ?? throw new InvalidOperationException("The page was opened without a session.");
        _idleMinutes = Sessions.IdleTimeout.TotalMinutes;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _member = await Service.GetAsync(_who, Http.RequestAborted);
        _accountName = await Accounts.GetNameAsync(_who.Account, Http.RequestAborted);
        _passkeys = await Service.ListPasskeysAsync(_who, Http.RequestAborted);
        _sessions = await Service.ListSessionsAsync(_who, Http.RequestAborted);
        _recoveryCodes = await Service.CountRecoveryCodesAsync(_who, Http.RequestAborted);
    }

    private async Task ChangePasswordAsync()
    {
        if (!MustConfirm())
        {
            _faults = await Service.ChangePasswordAsync(_who, Input.Password ?? "", Http.RequestAborted);
            Finish(_faults.Count == 0, "password", "The password was not changed.");
        }
    }

    private async Task RemoveAppAsync()
    {
        if (!MustConfirm())
        {
            Finish(await Service.TryRemoveTotpAsync(_who), "factor", "The last second factor cannot be removed.");
        }
    }

    private async Task RemovePasskeyAsync(byte[] credentialId)
    {
        if (!MustConfirm())
        {
            Finish(await Service.TryRemovePasskeyAsync(_who, credentialId), "factor", "The last second factor cannot be removed.");
        }
    }

    private async Task RenewCodesAsync()
    {
        if (!MustConfirm())
        {
            _codes = await Service.RenewRecoveryCodesAsync(_who);
            await LoadAsync();
        }
    }

    private async Task EndAsync(SessionId session)
    {
        await Service.EndSessionAsync(_who, session);
        Finish(succeeded: true, "session", "");
    }

    private async Task EndOthersAsync()
    {
        await Service.EndOtherSessionsAsync(_who);
        Finish(succeeded: true, "session", "");
    }

    private bool MustConfirm()
    {
        if (Service.IsConfirmed(_who))
        {
            return false;
        }

        Navigation.NavigateTo(PortalUrls.SignInFor(PortalUrls.Account, confirm: true));
        return true;
    }

    // After a success the page is requested again, so that a reload does not repeat the action.
    private void Finish(bool succeeded, string done, string error)
    {
        if (succeeded)
        {
            Navigation.NavigateTo($"{PortalUrls.Account}?done={done}");
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _error = error;
        }
    }

    /// <summary>The fields of the form.</summary>
    internal sealed class PasswordInput
    {
        /// <summary>The new password.</summary>
        public string? Password { get; set; }
    }
}
