Console.Error.WriteLine("usage: TargoGiftbit.Simulator serve|demo");
return 64;
