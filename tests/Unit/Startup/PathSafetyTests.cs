using System.Diagnostics;
using System.Runtime.Versioning;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>Which users can reach or replace a file, determined from where its path really leads.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PathSafetyTests : IDisposable
{
    private const uint Service = 4711;
    private const uint Stranger = 4712;
    private const uint GroupOfService = 4713;
    private const uint OtherGroup = 4714;
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everyone = Private
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly PathSafety s_ours = PathSafety.ForThisProcess;
    private static readonly PathSafety s_service = new(new ProcessUser(Service, [Service, GroupOfService]));

    private readonly string _root = Directory.CreateTempSubdirectory("dojo-pci-paths-").FullName;

    public PathSafetyTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes and links are of Unix.");

    public void Dispose()
    {
        Run("chmod", "-R", "u+rwx", _root);
        Run("rm", "-rf", _root);
    }

    [Fact]
    public void A_private_file_in_private_directories_has_no_fault()
    {
        var key = AFile("keys/root.key");

        FaultsOf(key).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    [InlineData(UnixFileMode.UserExecute)]
    [InlineData(UnixFileMode.SetUser)]
    public void A_file_is_judged_by_its_own_mode_no_matter_what_link_leads_to_it(UnixFileMode more)
    {
        var key = AFile("elsewhere/root.key", OwnerReads | more);
        var link = ALink("keys/root.key", key);

        FaultsOf(link).ShouldHaveSingleItem().ShouldContain("accessible to users other than its owner, or executable");
        FaultsOf(key).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_no_regular_file_is_a_fault_also_behind_a_link()
    {
        Directory.CreateDirectory(Path.Combine(_root, "keys"));
        var pipe = Path.Combine(_root, "pipe");
        Run("mkfifo", "-m", "400", pipe);

        foreach (var path in new[] { pipe, ALink("keys/root.key", pipe), ALink("keys/device.key", "/dev/null"), Path.Combine(_root, "keys") })
        {
            s_ours.FaultsOfSecret("The root key", path).ShouldHaveSingleItem().ShouldEndWith("is not a regular file.");
        }
    }

    [Fact]
    public void A_second_name_of_the_file_is_a_fault()
    {
        var key = AFile("keys/root.key");
        Run("ln", key, Path.Combine(_root, "another-name"));

        FaultsOf(key).ShouldHaveSingleItem().ShouldContain("has 2 names (hard links)");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_directory_in_which_others_may_write_is_a_fault_however_far_above_or_behind_a_link(UnixFileMode more)
    {
        var key = AFile("volume/deep/keys/root.key");
        var link = ALink("links/root.key", key);
        var open = Path.Combine(_root, "volume");
        File.SetUnixFileMode(open, Private | more);

        FaultsOf(key).ShouldHaveSingleItem().ShouldEndWith($"chmod go-w {open}");
        FaultsOf(link).ShouldHaveSingleItem().ShouldEndWith($"chmod go-w {open}");
    }

    [Fact]
    public void A_directory_of_a_link_in_which_others_may_write_is_a_fault_although_the_file_is_safe()
    {
        var link = ALink("open/links/root.key", AFile("keys/root.key"));
        File.SetUnixFileMode(Path.Combine(_root, "open"), Everyone);

        FaultsOf(link).ShouldHaveSingleItem().ShouldEndWith($"chmod go-w {Path.Combine(_root, "open")}");
    }

    [Fact]
    public void Every_link_of_a_chain_is_judged()
    {
        var key = AFile("keys/root.key");
        var inner = ALink("open/inner", key);
        File.SetUnixFileMode(Path.Combine(_root, "open"), Everyone);

        FaultsOf(ALink("outer/root.key", inner)).ShouldHaveSingleItem().ShouldContain($"{Path.Combine(_root, "open")}, on the way to the root key");
    }

    [Fact]
    public void A_sticky_directory_is_no_fault_for_what_others_cannot_exchange_there()
    {
        var key = AFile("volume/root.key");
        File.SetUnixFileMode(Path.Combine(_root, "volume"), Everyone | UnixFileMode.StickyBit);

        FaultsOf(key).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_or_a_directory_of_another_user_is_a_fault()
    {
        var key = AFile("keys/root.key");
        var link = ALink("links/root.key", key);
        GiveTo(link, Stranger);
        FaultsOf(link).ShouldHaveSingleItem().ShouldContain($"{link}, on the way to the root key, belongs to another user (number {Stranger})");

        GiveTo(Path.GetDirectoryName(key)!, Stranger);
        FaultsOf(key).ShouldHaveSingleItem().ShouldContain($"belongs to another user (number {Stranger})");
    }

    [Fact]
    public void A_file_of_another_user_is_a_fault_and_one_of_root_is_not()
    {
        var key = AFile("keys/root.key");
        GiveTo(key, Stranger);
        FaultsOf(key).ShouldHaveSingleItem().ShouldContain($"belongs to another user (number {Stranger})");

        GiveTo(key, 0);
        s_ours.FaultsOfSecretPlace("The root key", key).ShouldBeEmpty();
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        var one = Path.Combine(_root, "one");
        File.CreateSymbolicLink(one, Path.Combine(_root, "two"));
        File.CreateSymbolicLink(Path.Combine(_root, "two"), one);

        FaultsOf(one).ShouldBeEmpty("nothing is there, and who wants something says so");
    }

    [Theory]
    [InlineData("440", GroupOfService, true)]
    [InlineData("400", GroupOfService, true)]
    [InlineData("440", OtherGroup, false)]
    [InlineData("460", GroupOfService, false)]
    [InlineData("444", GroupOfService, false)]
    public void A_secret_that_Kubernetes_mounts_is_judged_by_its_group(string mode, uint group, bool isFit)
    {
        var volume = KubernetesSecret(mode, group);

        var faults = s_service.FaultsOfSecret("The root key", Path.Combine(volume, "root.key"));

        faults.Count.ShouldBe(isFit ? 0 : 1);
        WayInside(volume).ShouldBeEmpty();
    }

    [Fact]
    public void A_group_that_reads_a_file_of_the_services_own_is_a_fault_although_the_service_is_in_it()
    {
        var key = AFile("keys/root.key", OwnerReads | UnixFileMode.GroupRead);
        GiveTo(key, Service, GroupOfService);

        s_service.FaultsOfSecret("The root key", key).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("660", GroupOfService, true)]
    [InlineData("600", OtherGroup, true)]
    [InlineData("640", OtherGroup, false)]
    [InlineData("604", GroupOfService, false)]
    public void Data_on_a_volume_that_was_given_to_a_group_of_the_service_is_fit(string mode, uint group, bool isFit)
    {
        var database = AFile("data/portal.db");
        Run("chmod", mode, database);
        GiveTo(database, Service, group);

        s_service.FaultsOfData("The database", database).Count.ShouldBe(isFit ? 0 : 1);
    }

    [Fact]
    public void Data_with_a_second_name_of_another_user_or_of_another_kind_is_a_fault()
    {
        var database = AFile("data/portal.db");
        Run("ln", database, Path.Combine(_root, "another-name"));
        s_ours.FaultsOfData("The database", database).ShouldHaveSingleItem().ShouldContain("has 2 names");

        GiveTo(database, Stranger);
        s_ours.FaultsOfData("The database", database).Count.ShouldBe(2);
        s_ours.FaultsOfData("The database", Path.Combine(_root, "data")).ShouldHaveSingleItem().ShouldEndWith("is not a regular file.");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, "is writable by others")]
    [InlineData(UnixFileMode.OtherExecute, "is accessible to every user of the machine")]
    [InlineData(UnixFileMode.OtherWrite, "is accessible to every user of the machine")]
    public void A_directory_of_data_that_others_can_use_is_a_fault_behind_a_link_too(UnixFileMode more, string fault)
    {
        var data = Path.Combine(_root, "data");
        Directory.CreateDirectory(data, Private);
        var link = ALink("link", data);
        File.SetUnixFileMode(data, Private | more);

        s_ours.FaultsOfDataDirectory("Portal:DataDirectory", data).ShouldHaveSingleItem().ShouldContain(fault);
        s_ours.FaultsOfDataDirectory("Portal:DataDirectory", link).ShouldHaveSingleItem().ShouldContain(fault);
    }

    [Fact]
    public void Where_there_is_no_directory_of_data_yet_the_ones_above_are_judged()
    {
        var open = Path.Combine(_root, "open");
        Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, Everyone);

        s_ours.FaultsOfDataDirectory("Portal:DataDirectory", Path.Combine(open, "not", "yet")).ShouldHaveSingleItem().ShouldEndWith($"chmod go-w {open}");
    }

    // As kubelet mounts a secret: the volume is sticky, and a link to a link leads to the current directory.
    private string KubernetesSecret(string mode, uint group)
    {
        var volume = Path.Combine(_root, "secret");
        Directory.CreateDirectory(Path.Combine(volume, "..2026_11_29_04_00_00.1"));
        var key = AFile("secret/..2026_11_29_04_00_00.1/root.key");
        File.CreateSymbolicLink(Path.Combine(volume, "..data"), "..2026_11_29_04_00_00.1");
        File.CreateSymbolicLink(Path.Combine(volume, "root.key"), "..data/root.key");
        Run("chmod", mode, key);
        GiveTo(key, 0, group);
        GiveTo(volume, 0, group, "-hR");
        Run("chmod", "2755", Path.Combine(volume, "..2026_11_29_04_00_00.1"));
        Run("chmod", "3777", volume);
        return volume;
    }

    private static IEnumerable<string> WayInside(string volume) =>
        s_service.FaultsOfSecretPlace("The root key", Path.Combine(volume, "root.key")).Where(fault => fault.Contains(volume, StringComparison.Ordinal));

    private static IEnumerable<string> FaultsOf(string path) => [.. s_ours.FaultsOfSecret("The root key", path), .. s_ours.FaultsOfSecretPlace("The root key", path)];

    private string AFile(string name, UnixFileMode mode = OwnerReads)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private);
        File.WriteAllBytes(path, new byte[32]);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private string ALink(string name, string target)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private);
        File.CreateSymbolicLink(path, target);
        return path;
    }

    private static void GiveTo(string path, uint user, uint? group = null, string how = "-h") => Run("chown", how, $"{user}:{group}".TrimEnd(':'), path);

    // Commands that need an administrator run as one; ./test needs that right too.
    private static void Run(string command, params string[] arguments)
    {
        using var process = Environment.IsPrivilegedProcess ? Process.Start(command, arguments) : Process.Start("sudo", ["-n", command, .. arguments]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)}");
    }
}
