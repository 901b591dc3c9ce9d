using TargoGiftbit.Simulator.Commands;

return args.FirstOrDefault() switch
{
    "serve" => await ServeCommand.RunAsync(args[1..]),
    "demo" => await TargoGiftbit.Simulator.Demo.DemoCommand.RunAsync(args[1..]),
    _ => Usage.Print(),
};
