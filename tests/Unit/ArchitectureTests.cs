using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using Dojo.Pci.Portal;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Tests.Unit;

/// <summary>Checks the design's table "May reference" against the compiled code: signatures and method bodies.</summary>
public sealed partial class ArchitectureTests
{
    private const string Vault = "Dojo.Pci.Tokenization";
    private const string Host = "Dojo.Pci.Portal";
    private static readonly Assembly s_vault = typeof(IVault).Assembly;
    private static readonly Assembly s_host = typeof(PortalUrls).Assembly;
    private static readonly Uses[] s_uses = [.. UsesOf(s_vault), .. UsesOf(s_host)];

    /// <summary>The folders of the vault, and which others each may use. Types at the root are listed individually.</summary>
    public static TheoryData<string, string[]> Folders => new()
    {
        { "Cards", [] },
        { "Results", [] },
        { "Fairness", [] },
        { "Nodes", ["Results", nameof(StartRefusedException)] },
        { "Accounts", ["Nodes", "UnixTime"] },
        { "Crypto", ["Cards", "Accounts", nameof(VaultTelemetry), nameof(StartRefusedException), "PrivateFiles", "FileStatus", "FileKind", nameof(PathSafety), nameof(IPortalSecrets)] },
        { "Validation", ["Cards", "Results", nameof(JsonBuffer)] },
        { "Faults", ["Access", "Accounts", "Audit", "Results", "UnixTime"] },
        { "Authorization", ["Cards", "Accounts", "Faults", nameof(VaultTelemetry), nameof(StartRefusedException), "FileStatus", "FileKind", nameof(PathSafety)] },
        { "Access", ["Accounts", "Results"] },
        { "Audit", ["Access", "Accounts", "Cards", "Results"] },
        { "Members", ["Access", "Accounts", "Audit", "Cards", "BackgroundJobs", "Results", "UnixTime"] },
        { "Alarms", ["Access", "Accounts", "ApiKeys", "Audit", "Results"] },
        { "Notices", ["Access", "Accounts", "Alarms", "ApiKeys", "Audit", "Crypto", "Members", "Results", "UnixTime", "Webhooks"] },
        { "Velocity", ["Accounts", "Alarms", "ApiKeys", "Audit", "Nodes", "Results"] },
        { "Settings", ["Access", "Accounts", "Audit", "Results", "Validation"] },
        { "Metrics", ["Access", "Accounts", "ApiKeys", "Audit", "BackgroundJobs", "Members", "Results"] },
        { "ApiKeys", ["Access", "Accounts", "Audit", "Nodes", "Results", "Validation", "UnixTime", nameof(FoldedText)] },
        { "Idempotency", ["Accounts", "Cards", "Results", "Validation", "Crypto", "UnixTime"] },
        { "SetupIntents", ["Accounts", "Audit", "Authorization", "Cards", "Idempotency", "Nodes", "Results", "Validation", "Crypto", "Velocity", "UnixTime"] },
        { "Customers", ["Access", "Accounts", "Audit", "Cards", "Results", "SetupIntents", "Validation", "Crypto"] },
        { "PaymentIntents", ["Accounts", "Authorization", "Cards", "Customers", "Idempotency", "Results", "SetupIntents", "Validation", "Crypto"] },
        { "RequestLogs", ["Accounts", "ApiKeys", "BackgroundJobs", "Cards", "Fairness", "Nodes", "Results", "Validation", nameof(JsonBuffer), nameof(FoldedText)] },
        { "RequestExplorer", ["Access", "Accounts", "ApiKeys", "Audit", "Cards", "Metrics", "Nodes", "RequestLogs", "Results", "SetupIntents", "Validation", nameof(TextElements)] },
        { "Tokens", ["Access", "Accounts", "Audit", "Cards", "BackgroundJobs", "UnixTime", "EnumSet", "Nodes", "PaymentIntents", "Results", "SetupIntents", "Validation"] },
        { "Copying", [] },
        { "Integrity", ["Accounts", "Cards", "Results", "SetupIntents", "Tokens", "Crypto", nameof(StartRefusedException)] },
        { "Webhooks", ["Access", "Accounts", "Audit", "Cards", "BackgroundJobs", "Faults", "Nodes", "Results", "SetupIntents", "Validation", "Crypto", "UnixTime", nameof(IPortalSecrets), nameof(JsonBuffer), nameof(VaultTelemetry)] },
        { "Sandbox", ["Access", "Accounts", "ApiKeys", "Audit", "BackgroundJobs", "Faults", "Results", "UnixTime"] },
        { "Seeding", ["Access", "Accounts", "Audit", "Authorization", "BackgroundJobs", "Cards", "Crypto", "Faults", "PaymentIntents", "Results", "SetupIntents", "UnixTime", "Validation", "Webhooks"] },
        { "BackgroundJobs", ["Accounts", "Idempotency", "Nodes", "PaymentIntents", "Results", "SetupIntents", nameof(VaultTelemetry)] },
    };

    public static TheoryData<string, string[]> HostFolders => new()
    {
        // Outside these folders: the code that composes the host binds the options, and the checks before the start are next to it.
        { "Api", [$"{Host}.Components", $"{Vault}.Storage", $"{Vault}.Crypto", "Dapper", "Microsoft.Data.Sqlite"] },
        { "Components", [$"{Host}.Api", $"{Vault}.Storage", $"{Vault}.Crypto", "Dapper", "Microsoft.Data.Sqlite"] },
        { "Docs", [$"{Host}.Api", $"{Host}.Components", $"{Vault}.Storage", $"{Vault}.Crypto", "Dapper", "Microsoft.Data.Sqlite"] },
        { "Authentication", [$"{Host}.Components", $"{Vault}.Storage", $"{Vault}.Crypto", "Dapper", "Microsoft.Data.Sqlite"] },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_the_vault_uses_only_what_the_table_lets_it(string folder, string[] allowed)
    {
        var here = $"{Vault}.{folder}";
        string[] ours = [here, .. allowed.Select(name => $"{Vault}.{name}")];
        var uses = s_uses.Where(use => IsIn(use.By, here)).ToArray();

        uses.ShouldNotBeEmpty("there is such a folder");
        uses.Where(use => IsIn(use.Of, "Dojo.Pci") && !ours.Any(name => IsIn(use.Of, name))).ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_of_the_table_uses_itself_by_way_of_others()
    {
        var table = Folders.Select(row => row.Data).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

        table.Keys.Where(folder => ReachedFrom(folder).Contains(folder)).ShouldBeEmpty();

        HashSet<string> ReachedFrom(string folder)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var ahead = new Stack<string>(table[folder]);
            while (ahead.TryPop(out var next))
            {
                if (reached.Add(next) && table.TryGetValue(next, out var further))
                {
                    Array.ForEach(further, ahead.Push);
                }
            }

            return reached;
        }
    }

    [Fact]
    public void The_addresses_of_the_portal_know_nothing_of_its_folders() =>
        s_uses.Where(use => (use.By == typeof(PortalUrls) || use.By == typeof(SelectedTenant)) && IsIn(use.Of, Host) && use.Of.Namespace != Host).ShouldBeEmpty();

    [Fact]
    public void Every_entry_of_the_audit_trail_is_made_in_one_place_and_loaded_in_another() =>
        s_uses.Where(use => use.Of == typeof(AuditEntry) && use.Member is ConstructorInfo made && made.DeclaringType == typeof(AuditEntry) && use.By != typeof(AuditEntry))
            .Select(use => use.By.FullName).Distinct(StringComparer.Ordinal).ShouldBe([$"{Vault}.Audit.AuditActor", $"{Vault}.Storage.Audit.AuditStore"], ignoreOrder: true);

    [Theory]
    [InlineData("Cards")]
    [InlineData("Results")]
    [InlineData("Fairness")]
    public void The_innermost_folders_use_the_base_class_library_alone(string folder) =>
        s_uses.Where(use => IsIn(use.By, $"{Vault}.{folder}") && !IsIn(use.Of, $"{Vault}.{folder}") && !IsIn(use.Of, "System") && !use.Of.Name.StartsWith('<')).ShouldBeEmpty();

    [Fact]
    public void Only_Storage_knows_that_there_is_SQL() =>
        s_uses.Where(use => (IsIn(use.Of, "Dapper") || IsIn(use.Of, "Microsoft.Data") || IsIn(use.Of, "SQLitePCL")) && !IsIn(use.By, $"{Vault}.Storage")).ShouldBeEmpty();

    [Fact]
    public void Within_the_vault_only_its_door_and_its_opening_know_Storage() =>
        s_uses.Where(use => use.By.Assembly == s_vault && IsIn(use.Of, $"{Vault}.Storage") && !IsIn(use.By, $"{Vault}.Storage"))
            .Select(use => use.By).Distinct().ShouldBe([typeof(OpenedVault), typeof(TokenizationServiceCollectionExtensions)], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(HostFolders))]
    public void A_folder_of_the_host_keeps_away_from_what_is_not_its_own(string folder, string[] banned)
    {
        var uses = s_uses.Where(use => IsIn(use.By, $"{Host}.{folder}")).ToArray();

        uses.ShouldNotBeEmpty("there is such a folder");
        uses.Where(use => banned.Any(name => IsIn(use.Of, name))).ShouldBeEmpty();
    }

    [Fact]
    public void The_vault_knows_no_host_and_speaks_HTTP_to_the_acquirer_and_to_receivers_of_events_alone()
    {
        s_uses.Where(use => use.By.Assembly == s_vault && (IsIn(use.Of, "Microsoft.AspNetCore") || IsIn(use.Of, Host))).ShouldBeEmpty();
        s_uses.Where(use => use.By.Assembly == s_vault && IsIn(use.Of, "System.Net.Http") && !IsIn(use.By, $"{Vault}.Authorization") && !IsIn(use.By, $"{Vault}.Webhooks")).ShouldBeEmpty();
    }

    [Fact]
    public void A_card_record_is_opened_in_one_place_alone() =>
        s_uses.Where(use => use.Member?.Name == nameof(CardCipher.OpenForAuthorizationAsync) && !IsIn(use.By, $"{Vault}.Crypto"))
            .Select(use => use.By.FullName).Distinct(StringComparer.Ordinal).ShouldBe([$"{Vault}.SetupIntents.CardOpening"]);

    [Fact]
    public void Only_what_seals_recognises_compares_and_sends_reads_a_card_number() =>
        s_uses.Where(use => use.Member is { Name: "Reveal" } && use.Of == typeof(CardNumber)).Select(use => use.By.FullName).Distinct(StringComparer.Ordinal).ShouldBe(
            [$"{Vault}.Cards.CardNumber", $"{Vault}.Crypto.CardCipher", $"{Vault}.Crypto.CardFingerprinter", $"{Vault}.Idempotency.IdempotencyHasher", $"{Vault}.Authorization.AttemptContent"], ignoreOrder: true);

    [Fact]
    public void Nothing_takes_the_time_but_from_a_clock_it_was_given() =>
        s_uses.Where(use => use.Member is { Name: "get_Now" or "get_UtcNow" or "get_Today" } && (use.Of == typeof(DateTime) || use.Of == typeof(DateTimeOffset))).ShouldBeEmpty();

    [Fact]
    public void Nothing_guessable_serves_as_random() =>
        s_uses.Where(use => use.Of == typeof(Random) || (use.Member?.Name == nameof(Guid.NewGuid) && !IsIn(use.By, $"{Vault}.Authorization") && use.By.Assembly == s_vault)).ShouldBeEmpty();

    [Fact]
    public void No_bare_hash_comes_near_a_card_number() =>
        s_uses.Where(use => (use.Of == typeof(SHA256) || use.Of == typeof(SHA512) || use.Of == typeof(SHA1) || use.Of == typeof(MD5))
            && !IsIn(use.By, $"{Vault}.ApiKeys") && !IsIn(use.By, $"{Vault}.Members") && use.By.Assembly == s_vault
            && use.By != typeof(Tokenization.Authorization.SandboxIssuer)).ShouldBeEmpty("the sandbox issuer hashes the id of an attempt");

    [Fact]
    public void Every_public_type_of_the_vault_is_closed_to_inheritance_or_made_for_it() =>
        s_vault.GetExportedTypes().Where(type => !type.IsSealed && !type.IsAbstract && !type.IsInterface).ShouldBeEmpty();

    [Fact]
    public void There_is_no_place_for_what_must_never_be_stored() =>
        TypesOf(s_vault).Concat(TypesOf(s_host)).SelectMany(type => type.GetProperties(All).Cast<MemberInfo>().Concat(type.GetFields(All)))
            .Where(member => IsSensitive(member.Name)).Select(member => $"{member.DeclaringType}.{member.Name}").ShouldBeEmpty();

    [Fact]
    public async Task No_column_has_a_place_for_what_must_never_be_stored()
    {
        await using var vault = await TestVault.OpenAsync();
        var columns = await vault.Get<IDatabase>().ReadAsync(
            connection => connection.Query<string>("SELECT c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'").AsList(), TestContext.Current.CancellationToken);

        columns.ShouldContain(name => name == "card_record");
        columns.Where(IsSensitive).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cvv", true)]
    [InlineData("CardCvc", true)]
    [InlineData("card_pin", true)]
    [InlineData("_track2", true)]
    [InlineData("Spinner", false)]
    [InlineData("Placid", false)]
    public void Such_places_are_recognised_by_the_words_of_their_names(string name, bool sensitive) => IsSensitive(name).ShouldBe(sensitive);

    [Fact]
    public void What_is_used_inside_of_lambdas_and_asynchronous_methods_is_seen_too()
    {
        // These three prove that the rules above see what they must.
        s_uses.ShouldContain(use => use.By == typeof(SqliteDatabase) && use.Of == typeof(Microsoft.Data.Sqlite.SqliteConnection));
        s_uses.ShouldContain(use => use.By.FullName == $"{Vault}.SetupIntents.CardIntake" && use.Member != null && use.Member.Name == nameof(CardCipher.SealAsync));
        s_uses.ShouldContain(use => use.By.FullName == $"{Vault}.Storage.Accounts.AccountStore" && use.Of.Namespace == "Dapper");
    }

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static bool IsSensitive(string name) =>
        Words().Matches(name).Any(word => word.Value.ToUpperInvariant() is "CVV" or "CVC" or "CVV2" or "CVC2" or "CID" or "PIN" or "TRACK" or "TRACK1" or "TRACK2");

    [GeneratedRegex("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*", RegexOptions.None, 1000)]
    private static partial Regex Words();

    private static bool IsIn(Type type, string name) =>
        type.FullName is { } full && (full == name || full.StartsWith(name + '.', StringComparison.Ordinal) || full.StartsWith(name + '+', StringComparison.Ordinal) || full.StartsWith(name + '`', StringComparison.Ordinal));

    /// <summary>The types that people wrote, without the attributes and closures that the compiler generates.</summary>
    private static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type => IsIn(Outermost(type), "Dojo.Pci"));

    private static IEnumerable<Uses> UsesOf(Assembly assembly) =>
        TypesOf(assembly).SelectMany(type => Seen(type).SelectMany(seen => Parts(seen.Type).Select(of => new Uses(Outermost(type), of, seen.Member)))).Distinct();

    private static IEnumerable<(Type Type, MemberInfo? Member)> Seen(Type type)
    {
        IEnumerable<Type?> declared =
        [
            type.BaseType, .. type.GetInterfaces(), .. type.GetFields(All).Select(field => field.FieldType), .. type.GetProperties(All).Select(property => property.PropertyType),
        ];
        foreach (var part in declared.OfType<Type>())
        {
            yield return (part, null);
        }

        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            IEnumerable<Type?> signature =
            [
                (method as MethodInfo)?.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType),
                .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
            ];
            foreach (var part in signature.OfType<Type>())
            {
                yield return (part, null);
            }

            foreach (var member in Instructions.MembersIn(method))
            {
                if ((member as Type ?? member.DeclaringType) is { } owner)
                {
                    yield return (owner, member);
                }

                foreach (var argument in member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [])
                {
                    yield return (argument, null);
                }
            }
        }
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericParameter ? []
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(Outermost(type.GetGenericTypeDefinition()))
            : [Outermost(type)];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private sealed record Uses(Type By, Type Of, MemberInfo? Member)
    {
        public override string ToString() => $"{By} uses {Of}{(Member is null ? "" : $" ({Member.Name})")}";
    }

    /// <summary>Reads the metadata tokens from a method's body.</summary>
    private static class Instructions
    {
        private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

        public static IEnumerable<MemberInfo> MembersIn(MethodBase method)
        {
            var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
            var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            for (var at = 0; at < il.Length;)
            {
                var code = s_codes[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
                at += code.Size;
                if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                    && method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments) is { } member)
                {
                    yield return member;
                }

                at += code.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                    _ => 4,
                };
            }
        }
    }
}
