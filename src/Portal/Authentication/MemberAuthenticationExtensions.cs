using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Registers what members need to sign in. Each framework default that fails PCI DSS is set here, and a test reads it back.</summary>
internal static class MemberAuthenticationExtensions
{
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddAuthentication(MemberSessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, MemberSessionHandler>(MemberSessionHandler.SchemeName, configureOptions: null);
        services.AddAuthorization(AddPolicies);
        services.AddCascadingAuthenticationState();
        services.AddScoped<PageRequest>();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthenticationState>();
        services.AddScoped<ICurrentMember, CurrentMember>();
        services.AddSingleton<MemberSessions>();

        services.AddIdentityCore<Member>().AddUserStore<IdentityMembers>();
        services.AddScoped<IPasskeyHandler<Member>, PasskeyHandler<Member>>();
        services.Configure<IdentityOptions>(options => options.Password.RequiredLength = PasswordRules.Shortest);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) =>
        {
            options.UserVerificationRequirement = "required";

            // The framework would compare with the request's Origin header, which our pages do not send: their policy is to send no referrer.
            options.ServerDomain = Passkeys.DomainAt(address);
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && CircuitOriginMiddleware.IsOwnOrigin(context.HttpContext.Request, context.Origin));
        });
        services.AddSingleton<IPasswordHasher<Member>, PasswordHasher<Member>>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<PasswordTurns>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Totp>();
        services.AddSingleton<Ceremonies>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<RefreshTokens>();
        services.AddScoped<Passkeys>();
        services.AddScoped<SignInService>();
        services.AddScoped<SetUpService>();
        services.AddScoped<ResetService>();
        services.AddScoped<AccountService>();

        services.AddAntiforgery(options => options.Cookie = new FormCookie());
        services.AddDataProtection().SetApplicationName("Dojo.Pci.Portal");
        services.AddOptions<KeyManagementOptions>().Configure<IPortalKeyStore, IPortalSecrets>((options, store, secrets) =>
        {
            options.XmlRepository = new FormKeys(store);
            options.XmlEncryptor = new FormKeySealer(secrets);
        });
        return services;
    }

    /// <summary>Authenticates the member of a page, and authorizes what the member's role allows.</summary>
    public static void UseMembers(this WebApplication app)
    {
        app.UseMiddleware<CircuitOriginMiddleware>();
        app.Use(PageRequest.NoteAsync);
        app.UseAuthentication();
        app.UseMiddleware<CircuitLimitMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<FormMiddleware>();
    }

    // An endpoint that names no policy is closed to anonymous visitors (PCI DSS 7.3.3).
    private static void AddPolicies(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy;
        foreach (var operation in Enum.GetValues<Operation>())
        {
            options.AddPolicy(operation.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => MemberPrincipal.RoleOf(context.User) is { } role && RoleTable.Allows(role, operation)));
        }
    }
}
