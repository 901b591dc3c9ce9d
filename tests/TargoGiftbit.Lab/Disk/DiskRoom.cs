namespace TargoGiftbit.Lab.Disk;
internal static class DiskRoom { public const string InsideName = "disk-inside"; public static Task RunAsync(LabArguments arguments, LabReport report) => Task.CompletedTask;
public static Task<int> RunInsideAsync(LabArguments arguments) => Task.FromResult(0); }
