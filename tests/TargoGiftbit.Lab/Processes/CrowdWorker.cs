namespace TargoGiftbit.Lab.Processes;
internal static class CrowdWorker { public const string Name = "crowd-worker"; public static Task<int> RunAsync(LabArguments arguments) => Task.FromResult(0); }
