using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In-process: the library's build has its own settings, which a generated project would have to repeat.
const int MostIterations = 25;
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMaxIterationCount(MostIterations);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
