using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Dojo.Pci.Bench.Servers;

/// <summary>A PostgreSQL server for benchmarks and tests, on a socket in a directory that is deleted with it. It can be killed and started again.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private const string Superuser = "portal";
    private const string Prefix = "dojo-pci-pg-";
    private const string Memory = "/dev/shm";
    private const int StartTries = 600;

    private readonly string _binaries;
    private readonly string _directory;
    private readonly string[] _settings;
    private Process? _process;

    /// <param name="settings">Settings of the server, such as <c>fsync=off</c>.</param>
    public PostgresCluster(params string[] settings)
        : this(Directory.CreateTempSubdirectory(Prefix).FullName, settings)
    {
    }

    private PostgresCluster(string directory, string[] settings)
    {
        _settings = settings;
        _binaries = FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");
        _directory = directory;
        if (IsRoot)
        {
            RunToEnd("chown", "postgres", _directory); // the server refuses to run as root
        }

        RunToEnd(AsServer([$"{_binaries}/bin/initdb", "-D", $"{_directory}/data", "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]));
        Start();
    }

    /// <summary>
    /// A server whose files are in memory, where the system supports that: for tests that each create and drop a database. On ext4, a file created
    /// soon after many were deleted has to search for an inode number that none of them had, which takes longer than the rest of such a test.
    /// </summary>
    public static PostgresCluster InMemory(params string[] settings) => !OperatingSystem.IsWindows() && Directory.Exists(Memory)
        ? new PostgresCluster(Directory.CreateDirectory(Path.Combine(Memory, Prefix + Path.GetRandomFileName()), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName, settings)
        : new PostgresCluster(settings);

    /// <summary>Whether the server's programs are installed on this machine, where Debian puts them.</summary>
    public static bool IsInstalled => FindBinaries() is not null;

    /// <summary>The directory of its socket, which serves as the host name.</summary>
    public string Host => _directory;

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Starts the server, also after <see cref="Kill"/>, and waits until it answers.</summary>
    public void Start()
    {
        var command = AsServer(
        [
            $"{_binaries}/bin/postgres", "-D", $"{_directory}/data", "-k", _directory, "-c", "listen_addresses=", "-c", "log_min_messages=fatal",
            .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ]);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var tries = StartTries; ; tries--)
        {
            try
            {
                Run("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (tries > 0 && !_process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Kills the server without warning; whatever was not durable is lost.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Returns the connection string for a database.</summary>
    public string TargetOf(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _directory,
        Username = Superuser,
        Database = database,
        Pooling = false,
        Timeout = 60,
    }.ToString();

    /// <summary>Terminates every other connection to a database, as an operator or a failing network may do at any time.</summary>
    public void Terminate(string target) => Run(
        "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(target).Database}' AND pid <> pg_backend_pid()");

    /// <summary>Runs a statement as its superuser.</summary>
    public void Run(string database, string sql)
    {
        using var connection = new NpgsqlConnection(TargetOf(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        command.ExecuteNonQuery();
    }

    /// <summary>Queries one value as its superuser.</summary>
    public T Ask<T>(string database, string sql)
    {
        using var connection = new NpgsqlConnection(TargetOf(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false } process)
        {
            // SIGINT makes the server end its connections, then itself.
            RunToEnd("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
            if (!process.WaitForExit(10_000))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;

    private static string[] AsServer(string[] command) => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command;

    private static void RunToEnd(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
        }
    }
}
