using System.Net;
using Bunit;
using Bunit.TestDoubles;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>A page as a member sees it, in the sandbox of the location Dockside.</summary>
public abstract class MemberPageTest : PageTest, ICurrentMember
{
    private protected static readonly Location Dockside = new(new LocationId(2), new AccountId(1), "Dockside", UniqueReferences: false) { Slug = "dockside" };

    private protected MemberPageTest()
    {
        Services.AddSingleton<ICurrentMember>(this);
        Who = Member(MemberRole.Owner);
    }

    /// <summary>The signed-in member; null when nobody is signed in any more.</summary>
    private protected SignedInMember? Who { get; set; }

    private protected string Address => Services.GetRequiredService<BunitNavigationManager>().Uri;

    ValueTask<SignedInMember?> ICurrentMember.FindAsync() => new(Who);

    private protected SignedInMember Member(MemberRole role) => new(
        new MemberId(7), Dockside.Account, "olive@example.com", "Olive", role, new SessionId(1), Clock.GetUtcNow(), IPAddress.Loopback);

    private protected IRenderedComponent<T> RenderAs<T>(MemberRole role = MemberRole.Owner, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        Who = Member(role);
        return Render<T>(builder =>
        {
            builder.AddCascadingValue(new SelectedTenant(Dockside, TenantEnvironment.Sandbox, [Dockside]));
            foreach (var (name, value) in parameters)
            {
                builder.TryAdd(name, value);
            }
        });
    }
}
