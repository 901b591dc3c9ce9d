namespace TargoGiftbit.Lab.Processes;
internal static class ProcessRoom { public static Task RunAsync(LabArguments arguments, LabReport report) => Task.CompletedTask; }
