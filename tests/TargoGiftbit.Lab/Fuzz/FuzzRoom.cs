namespace TargoGiftbit.Lab.Fuzz;
internal static class FuzzRoom { public static Task RunAsync(LabArguments arguments, LabReport report) => Task.CompletedTask; }
